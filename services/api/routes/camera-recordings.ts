import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { coverageOf } from "@yardline/media/coverage";
import { GAP_REASONS } from "@yardline/media/media-store";
import { type Static, Type } from "typebox";
import type { Limits } from "../limits.ts";
import type { Parts } from "../parts.ts";
import { incidentOf, PurposeQuery } from "../purpose.ts";
import { CameraParams, getCamera, PeriodQuery, periodOf } from "../recorded-period.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const HOUR_MS = 3_600_000;
/** Of a partner's camera it is told for an open incident, as its recordings are given. */
const Asked = Type.Object({ ...PeriodQuery.properties, incident: PurposeQuery.incident });

export const CameraRecordings = Type.Object(
  {
    camera: Type.String(),
    spans: Type.Array(
      Type.Object({
        from: Instant,
        to: Instant,
        connection: Type.String({ description: "Spans of one connection share one head and one timeline." }),
        bytes: Type.Integer(),
      }),
      { description: "What is recorded, by time." },
    ),
    gaps: Type.Array(
      Type.Object({
        from: Instant,
        to: Instant,
        reason: Type.Enum([...GAP_REASONS, "expired", "pending", "not-recorded"], {
          description:
            "`pending`: still being recorded; `paused`: people paused the camera; `made-room`: dropped because the disk was full; `class-expired`: its event's kind allows it no longer; `not-recorded`: nobody said why.",
        }),
      }),
      { description: "What is not, and why: with the spans it covers the time that was asked for." },
    ),
  },
  { $id: "CameraRecordings" },
);

type Options = Pick<Parts, "cameras" | "town" | "media" | "gaps" | "clock"> & { readonly bounds: Limits };

export const cameraRecordingsRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { media, gaps, clock, bounds } = options;
  app.get(
    "/v1/cameras/:camera/recordings",
    {
      config: { access: ["archive"], audits: { not: "When something was recorded shows nothing of it." } },
      schema: {
        operationId: "listRecordings",
        summary: "What of a camera is recorded, and why the rest is not",
        tags: ["cameras"],
        params: CameraParams,
        querystring: Asked,
        response: answers({ 200: refTo(CameraRecordings) }, [400, 403, 404, 503]),
      },
    },
    async (request): Promise<Static<typeof CameraRecordings>> => {
      const { params, query, visitor } = request;
      const occasion = await incidentOf(request, query);
      const { id, retention_h } = getCamera(options, params.camera, visitor, ["archive"], occasion);
      const { from_ms, to_ms } = periodOf(query, bounds);
      const now_ms = clock.now_ms();
      const covered = coverageOf(from_ms, to_ms, {
        segments: await media.listSegments(id, from_ms, to_ms),
        gaps: await gaps(id, from_ms, to_ms),
        expired_before_ms: now_ms - retention_h * HOUR_MS,
        pending_after_ms: now_ms - bounds.clip_settle_ms,
      });
      return {
        camera: id,
        spans: covered.spans.map(({ from_ms: begins, to_ms: ends, ...span }) => ({
          ...{ from: isoOf(begins), to: isoOf(ends) },
          ...span,
        })),
        gaps: covered.holes.map(({ from_ms: begins, to_ms: ends, why }) => ({
          ...{ from: isoOf(begins), to: isoOf(ends) },
          reason: why,
        })),
      };
    },
  );
};
