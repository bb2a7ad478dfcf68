import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { Clip } from "@yardline/media/clip";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type EventMedia, mediaOf } from "../api-event.ts";
import { byteRangeOf } from "../byte-range.ts";
import { etagOf, isNotModified } from "../etag.ts";
import { getEvent, OccurrenceParams } from "../find-event.ts";
import type { Limits } from "../limits.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, Binary } from "../schemas.ts";
import type { Telemetry } from "../telemetry.ts";
import { createWorkQueue } from "../work-queue.ts";

const BUSY_RETRY_S = 2;
/** About the length of a segment: earlier than that nothing can have changed. */
const PENDING_RETRY_S = 4;

type Options = Pick<Parts, "index" | "town" | "media" | "clock" | "clip"> & {
  readonly bounds: Limits;
  readonly telemetry: Telemetry;
};

export const eventClipRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const build = limitedClip(options);
  app.get(
    "/v1/events/:occurrence/clip",
    {
      schema: {
        operationId: "getEventClip",
        summary: "The recording of an event, also in parts (Range)",
        tags: ["events"],
        params: OccurrenceParams,
        response: answers(
          {
            200: answerIn("video/mp4", Binary, "The whole clip."),
            206: answerIn("video/mp4", Binary, "The part that `Range` asks for."),
          },
          [400, 404, 409, 416, 503],
        ),
      },
    },
    async (request, reply) => {
      const { clip } = mediaOf(await getEvent(options, request.params.occurrence));
      if (!clip) throw gone();
      const period = { ...clip, to_ms: Math.min(clip.to_ms, clip.from_ms + options.bounds.clip_ms_max) };
      await refuseUnfinished(options, period);
      const built = await build(period);
      if (!built) throw gone();
      return sendInParts(request, reply, built);
    },
  );
};

type Asked = NonNullable<EventMedia["clip"]>;

function gone(): Refusal {
  return new Refusal(404, "MEDIA_GONE", "The recording has expired or never was made.");
}

/** The post-roll of an event that just happened is still being recorded, and the last segment still being closed. */
async function refuseUnfinished(
  { media, clock, bounds }: Options,
  { camera, from_ms, to_ms }: Asked,
): Promise<void> {
  if (clock.now_ms() >= to_ms + bounds.clip_settle_ms) return;
  const segments = await media.listSegments(camera, from_ms, to_ms);
  if (segments.some((segment) => segment.to_ms >= to_ms)) return;
  const message = "The recording of this event is not finished yet. Ask again in a few seconds.";
  throw new Refusal(409, "MEDIA_UNFINISHED", message, PENDING_RETRY_S);
}

/** A clip is held in memory while it is put together and sent, so only a few are at once. */
function limitedClip({ clip, bounds, telemetry }: Options): (period: Asked) => Promise<Clip | undefined> {
  const queue = createWorkQueue({ at_once: bounds.clips_max, waiting_max: 0 }, () => {
    telemetry.mediaRefused("clip");
    const message = "Too many clips are being put together at once. Ask again in a moment.";
    return new Refusal(503, "CLIPS_BUSY", message, BUSY_RETRY_S);
  });
  return ({ camera, from_ms, to_ms }) => queue.run(() => clip(camera, from_ms, to_ms));
}

/** `clip-recorded`: the stretches that it holds one after the other; between them nothing is recorded, or it does not fit. */
function sendInParts(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { mp4, codec, stretches }: Clip,
): FastifyReply {
  const etag = etagOf(mp4);
  const recorded = stretches.map(({ from_ms, to_ms }) => `${isoOf(from_ms)}/${isoOf(to_ms)}`).join(", ");
  if (recorded !== "") reply.header("clip-recorded", recorded);
  reply.headers({ etag, "accept-ranges": "bytes", "cache-control": "private, no-cache" });
  if (isNotModified(headers["if-none-match"], etag)) return reply.code(304).send();
  const sameAsBefore = headers["if-range"] === undefined || headers["if-range"] === etag;
  const range = byteRangeOf(sameAsBefore ? headers.range : undefined, mp4.byteLength);
  if (range === "unsatisfiable") {
    reply.header("content-range", `bytes */${mp4.byteLength}`);
    throw new Refusal(416, "RANGE_UNSATISFIABLE", `The clip has only ${mp4.byteLength} bytes.`);
  }
  const bytes = Buffer.from(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  reply.type(codec === undefined ? "video/mp4" : `video/mp4; codecs="${codec}"`);
  if (range === "whole") return reply.send(bytes);
  const { first, last } = range;
  reply.code(206).header("content-range", `bytes ${first}-${last}/${mp4.byteLength}`);
  return reply.send(bytes.subarray(first, last + 1));
}
