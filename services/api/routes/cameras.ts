import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { GIVENS } from "@yardline/permission/agreement";
import { type Static, Type } from "typebox";
import type { CameraStatus } from "../camera-parts.ts";
import { camerasKnownTo, RIGHTS_TO_KNOW } from "../cameras-known.ts";
import { ListCursor, ListPage, pageOf } from "../list-page.ts";
import type { Parts } from "../parts.ts";
import { answers, Instant, Place, refTo } from "../schemas.ts";

/** What anybody may know of a camera. The serializer lets nothing else through, so an address cannot slip out. */
export const Camera = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    place: Type.Optional(refTo(Place)),
    purpose: Type.String(),
    legal_basis: Type.String(),
    controller: Type.String({ description: "Who answers for it." }),
    district: Type.Optional(Type.String({ description: "Of the town's districts, by id." })),
    partner: Type.Optional(
      Type.Object(
        {
          id: Type.String(),
          name: Type.String(),
          gives: Type.Array(Type.Enum([...GIVENS]), { description: "What the town's people get of it." }),
          until: Type.Optional(Instant),
        },
        {
          description:
            "Absent for the town's own. Without an agreement that gives it, only the partner's people see it.",
        },
      ),
    ),
    retention_h: Type.Number({ description: "How long its recordings are kept." }),
    mask_form: Type.Enum(["none-needed", "burnt-in", "in-camera"]),
    sign: Type.Optional(
      Type.Enum(["posted", "stale", "not-yet", "not-needed"], {
        description:
          "How the sign at the place is. `stale`: what it should say has changed since it was put up.",
      }),
    ),
    sign_version: Type.Optional(Type.String({ description: "What should stand at the sign's foot." })),
    sign_place: Type.Optional(Type.String({ description: "Where the sign hangs." })),
    recorded: Type.Boolean({ description: "Footage from disk: nothing of it happens now." }),
    state: Type.Enum(["connecting", "watching", "reduced", "lost", "paused", "closed"], {
      description:
        "Reduced: the box has too much to do and looks at its key frames only; it is recorded as ever. Paused: people paused it, and it sees and records nothing.",
    }),
    since: Instant,
    reason: Type.Optional(Type.String({ description: "Why it is not watching." })),
    paused_until: Type.Optional(Instant),
    recording_trouble: Type.Optional(
      Type.String({ description: "Why its newest pictures could not be recorded." }),
    ),
    watching_trouble: Type.Optional(
      Type.String({ description: "Why its newest pictures could not be looked at." }),
    ),
  },
  { $id: "Camera" },
);

export const CameraList = Type.Object(
  { cameras: Type.Array(refTo(Camera), { description: "By id." }), ...ListCursor },
  { $id: "CameraList" },
);

export const camerasRoute: FastifyPluginAsyncTypebox<Pick<Parts, "cameras" | "town" | "clock">> = async (
  app,
  { cameras, town, clock },
) => {
  app.get(
    "/v1/cameras",
    {
      config: { access: [...RIGHTS_TO_KNOW], audits: { not: "Where cameras hang is no picture." } },
      schema: {
        operationId: "listCameras",
        summary: "The cameras that whoever asks may know of, how they are and on what basis they run",
        tags: ["cameras"],
        querystring: Type.Object(ListPage, { additionalProperties: false }),
        response: answers({ 200: refTo(CameraList) }, [400]),
      },
    },
    async ({ query, visitor }): Promise<Static<typeof CameraList>> => {
      const { items, ...cursor } = pageOf(
        camerasKnownTo(visitor, { cameras, town, clock }),
        query,
        ({ id }) => id,
      );
      return { cameras: items.map(cameraOf), ...cursor };
    },
  );
};

export function cameraOf({
  since_ms,
  paused_until_ms,
  partner,
  zones: _zones,
  ...status
}: CameraStatus): Static<typeof Camera> {
  const whose = partner && { ...partner, gives: [...partner.gives] };
  return {
    ...status,
    ...(whose && { partner: whose }),
    since: isoOf(since_ms),
    ...(paused_until_ms !== undefined && { paused_until: isoOf(paused_until_ms) }),
  };
}
