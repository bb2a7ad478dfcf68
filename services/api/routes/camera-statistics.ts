import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import type { CameraStatistics } from "../camera-parts.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { CameraParams, getCamera } from "../recorded-period.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Count = Type.Integer({ minimum: 0 });

function streamFigures(description: string) {
  return Type.Object(
    {
      encoded: Type.Optional(
        Type.Literal(true, {
          description:
            "It is encoded anew: the figures are those of what is recorded, the drift is the camera's.",
        }),
      ),
      fps: Type.Number(),
      bit_rate_kbps: Type.Number(),
      key_frame_distance_ms: Type.Optional(Type.Number()),
      drift_ms: Type.Number({
        description: "How far its clock moved against ours since it was connected.",
      }),
    },
    { description },
  );
}

export const CameraStatisticsAnswer = Type.Object(
  {
    since: Instant,
    mode: Type.Enum(["idle", "active", "reduced", "lost"], {
      description: "How it is watched now: a picture a second, every one, key frames only, not at all.",
    }),
    mode_shares: Type.Object(
      { idle: Share, active: Share, reduced: Share, lost: Share },
      { description: "Shares of the time since then that it was watched in each mode." },
    ),
    frames: Type.Object(
      { looked: Count, still: Count, dropped: Count, failed: Count },
      { description: "What became of the pictures that were to be looked at." },
    ),
    recorded_bytes: Count,
    segments_lost: Count,
    packets_dropped: Count,
    connections_ended: Count,
    stream: Type.Optional(
      streamFigures("What it sends, of the last ten seconds; absent while it is not connected."),
    ),
    sub_stream: Type.Optional(
      streamFigures(
        "Of a camera with a second stream, which is looked at: what that sends; `stream` is the recorded one then. " +
          "The difference of the two drifts is how far their clocks have moved apart.",
      ),
    ),
  },
  { $id: "CameraStatistics" },
);

/** Counts of one camera since it was begun. */
export const cameraStatisticsRoute: FastifyPluginAsyncTypebox<
  Pick<Parts, "cameras" | "town" | "clock">
> = async (app, parts) => {
  app.get(
    "/v1/cameras/:camera/statistics",
    {
      config: { access: ["live", "operate", "configure"] },
      schema: {
        operationId: "getCameraStatistics",
        summary: "What one camera sends, and what became of it",
        tags: ["cameras"],
        params: CameraParams,
        response: answers({ 200: refTo(CameraStatisticsAnswer) }, [400, 404]),
      },
    },
    async ({ params, visitor }) => {
      const { id } = getCamera(parts, params.camera, visitor, ["live", "operate", "configure"]);
      const found = parts.cameras.findStatistics?.(id);
      if (!found) throw new Refusal(404, "CAMERA_ELSEWHERE", "This camera is watched by another process.");
      return statisticsOf(found);
    },
  );
};

function statisticsOf({ since_ms, ...counts }: CameraStatistics): Static<typeof CameraStatisticsAnswer> {
  return { since: isoOf(since_ms), ...counts };
}
