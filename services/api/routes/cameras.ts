import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import type { CameraStatus, Parts } from "../parts.ts";
import { answers, Instant, Place, refTo } from "../schemas.ts";

/** What anybody may know of a camera. The serializer lets nothing else through, so an address cannot slip out. */
export const Camera = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    place: Type.Optional(refTo(Place)),
    purpose: Type.String(),
    legal_basis: Type.String(),
    controller: Type.String(),
    retention_h: Type.Number({ description: "How long its recordings are kept." }),
    mask_form: Type.Enum(["none-needed", "burnt-in", "in-camera"]),
    recorded: Type.Boolean({ description: "Footage from disk: nothing of it happens now." }),
    state: Type.Enum(["connecting", "watching", "reduced", "lost", "closed"], {
      description:
        "Reduced: the box has too much to do and looks at its key frames only; it is recorded as ever.",
    }),
    since: Instant,
    reason: Type.Optional(Type.String({ description: "Why it is not watching." })),
    recording_trouble: Type.Optional(
      Type.String({ description: "Why its newest pictures could not be recorded." }),
    ),
    watching_trouble: Type.Optional(
      Type.String({ description: "Why its newest pictures could not be looked at." }),
    ),
  },
  { $id: "Camera" },
);

export const CameraList = Type.Object({ cameras: Type.Array(refTo(Camera)) }, { $id: "CameraList" });

export const camerasRoute: FastifyPluginAsyncTypebox<Pick<Parts, "cameras">> = async (app, { cameras }) => {
  app.get(
    "/v1/cameras",
    {
      schema: {
        operationId: "listCameras",
        summary: "All cameras, how they are and on what basis they run",
        tags: ["cameras"],
        response: answers({ 200: refTo(CameraList) }),
      },
    },
    async (): Promise<Static<typeof CameraList>> => ({ cameras: cameras.listCameras().map(cameraOf) }),
  );
};

function cameraOf({ since_ms, ...status }: CameraStatus): Static<typeof Camera> {
  return { ...status, since: isoOf(since_ms) };
}
