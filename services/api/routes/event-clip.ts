import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { Clip } from "@yardline/media/clip";
import { isH264, makeH264 } from "@yardline/media/h264-proxy";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { byteRangeOf } from "../byte-range.ts";
import { etagOf, isNotModified } from "../etag.ts";
import { type ClipPeriod, getClipPeriod, mediaGone, RollQuery } from "../event-period.ts";
import { OccurrenceParams } from "../find-event.ts";
import type { Limits } from "../limits.ts";
import { lookedAtClip } from "../looked.ts";
import { goneSignal, madeOnce } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { incidentOf, PurposeQuery } from "../purpose.ts";
import { answerIn, answers, Binary } from "../schemas.ts";
import type { MediaKind, Telemetry } from "../telemetry.ts";
import { createWorkQueue, type WorkQueue } from "../work-queue.ts";

const BUSY_RETRY_S = 2;

const Asked = Type.Object({
  ...PurposeQuery,
  ...RollQuery,
  codec: Type.Optional(
    Type.Enum(["h264"], {
      description:
        "For a browser that cannot play what was recorded: a proxy in H.264, made now where the recording is in another codec.",
    }),
  ),
});

/** What is kept of a proxy beside its bytes. */
const ProxyFacts = Type.Object({
  codec: Type.String(),
  stretches: Type.Array(Type.Object({ from_ms: Type.Integer(), to_ms: Type.Integer() })),
});

type Options = Pick<Parts, "index" | "town" | "cameras" | "media" | "clock" | "clip" | "derived"> & {
  readonly bounds: Limits;
  readonly telemetry: Telemetry;
};

export const eventClipRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const build = limitedClip(options);
  const proxy = limitedProxy(options);
  app.get(
    "/v1/events/:occurrence/clip",
    {
      config: { access: ["archive"], audits: "always" },
      schema: {
        operationId: "getEventClip",
        summary: "The recording of an event, also in parts (Range)",
        description:
          "`clip-period` is the time that it is of, `clip-recorded` which stretches of that are recorded, one after the other; instants with `/` between.",
        tags: ["events"],
        params: OccurrenceParams,
        querystring: Asked,
        response: answers(
          {
            200: answerIn("video/mp4", Binary, "The whole clip."),
            206: answerIn("video/mp4", Binary, "The part that `Range` asks for."),
          },
          [400, 403, 404, 409, 416, 503],
        ),
      },
    },
    async (request, reply) => {
      const { params, query, visitor } = request;
      const asked = { ...(await incidentOf(request, query)), roll: query };
      const period = await getClipPeriod(options, params.occurrence, visitor, asked);
      const built = await build(period);
      if (!built) throw mediaGone();
      await lookedAtClip(request, params.occurrence, { what: "clip", ...servedOf(period, built) }, query);
      reply.header("clip-period", periodText(period));
      if (query.codec === undefined || isH264(built)) return sendInParts(request, reply, built);
      return sendInParts(request, reply, await proxy(period, built, goneSignal(reply)));
    },
  );
};

/** What is recorded of a time, from its first picture to its last: segments reach beyond it, and what is over is not in it. */
function servedOf({ camera, ...asked }: ClipPeriod, { stretches }: Clip): ClipPeriod {
  const { from_ms } = stretches[0] ?? asked;
  const { to_ms } = stretches.at(-1) ?? asked;
  return { camera, from_ms, to_ms };
}

function periodText({ from_ms, to_ms }: Omit<ClipPeriod, "camera">): string {
  return `${isoOf(from_ms)}/${isoOf(to_ms)}`;
}

/** A clip is held in memory while it is put together and sent, so only a few are at once. */
function limitedClip(options: Options): (period: ClipPeriod) => Promise<Clip | undefined> {
  const { clip, bounds } = options;
  const queue = queueOf(options, "clip", { at_once: bounds.clips_max, waiting_max: 0 });
  return ({ camera, from_ms, to_ms }) => queue.run(() => clip(camera, from_ms, to_ms));
}

/** A proxy takes a core for seconds, so fewer still are made at once; made once, it is kept with its recording. */
function limitedProxy(
  options: Options,
): (period: ClipPeriod, clip: Clip, gone: AbortSignal) => Promise<Clip> {
  const { proxies_max, proxies_waiting_max } = options.bounds;
  const queue = queueOf(options, "proxy", { at_once: proxies_max, waiting_max: proxies_waiting_max });
  const making = { kind: "proxy", what: "h264", facts: ProxyFacts, queue } as const;
  return async (period, clip, gone) => {
    const make = async (signal: AbortSignal) => {
      const { mp4, codec = "", stretches } = await makeH264(clip, signal);
      return { facts: { codec, stretches: [...stretches] }, data: mp4 };
    };
    const { facts, data } = await madeOnce(options, making, period, make, gone);
    return { mp4: data, ...facts };
  };
}

function queueOf(
  { telemetry }: Options,
  kind: MediaKind,
  bounds: Parameters<typeof createWorkQueue>[0],
): WorkQueue {
  return createWorkQueue(bounds, () => {
    telemetry.mediaRefused(kind);
    const message = "Too many clips are being put together at once. Ask again in a moment.";
    return new Refusal(503, "CLIPS_BUSY", message, BUSY_RETRY_S);
  });
}

/** Between the stretches that it holds nothing is recorded, or it does not fit. */
function sendInParts(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { mp4, codec, stretches }: Clip,
): FastifyReply {
  const etag = etagOf(mp4);
  const recorded = stretches.map(periodText).join(", ");
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
