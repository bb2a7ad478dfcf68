import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { makeFilmstrip } from "@yardline/media/filmstrip";
import { Type } from "typebox";
import { etagOf, isNotModified } from "../etag.ts";
import { getClipPeriod, mediaGone, RollQuery } from "../event-period.ts";
import { OccurrenceParams } from "../find-event.ts";
import type { Limits } from "../limits.ts";
import { lookedAtClip } from "../looked.ts";
import { goneSignal, madeOnce } from "../make-media.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { incidentOf, PurposeQuery } from "../purpose.ts";
import { answerIn, answers, Binary } from "../schemas.ts";
import type { Telemetry } from "../telemetry.ts";
import { createWorkQueue } from "../work-queue.ts";

const BUSY_RETRY_S = 3;

const Facts = Type.Object({
  tile: Type.Object({ width_px: Type.Integer(), height_px: Type.Integer() }),
  tiles: Type.Array(Type.Object({ offset_ms: Type.Integer(), at_ms: Type.Integer() })),
});

type Options = Pick<Parts, "index" | "town" | "cameras" | "media" | "clock" | "clip" | "derived"> & {
  readonly bounds: Limits;
  readonly telemetry: Telemetry;
};

export const eventFilmstripRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { bounds, telemetry, clip } = options;
  const queue = createWorkQueue(
    { at_once: bounds.filmstrips_max, waiting_max: bounds.filmstrips_waiting_max },
    () => {
      telemetry.mediaRefused("filmstrip");
      const message = "Too many filmstrips are being made at once. Ask again in a moment.";
      return new Refusal(503, "FILMSTRIPS_BUSY", message, BUSY_RETRY_S);
    },
  );
  const making = { kind: "filmstrip", what: "filmstrip", facts: Facts, queue } as const;
  app.get(
    "/v1/events/:occurrence/filmstrip",
    {
      config: { access: ["archive"], audits: "always" },
      schema: {
        operationId: "getEventFilmstrip",
        summary: "Pictures out of an event's recording, side by side in one",
        description:
          "`filmstrip-tile` is the size of one, `filmstrip-offsets` where each is in the clip in seconds, `filmstrip-times` when that was.",
        tags: ["events"],
        params: OccurrenceParams,
        querystring: Type.Object({ ...PurposeQuery, ...RollQuery }),
        response: answers({ 200: answerIn("image/jpeg", Binary, "JPEG") }, [400, 403, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { params, query, headers, visitor } = request;
      const asked = { ...(await incidentOf(request, query)), roll: query };
      const period = await getClipPeriod(options, params.occurrence, visitor, asked);
      const make = async (signal: AbortSignal) => {
        const recorded = await clip(period.camera, period.from_ms, period.to_ms);
        if (!recorded) throw mediaGone();
        const { jpeg: data, ...facts } = await makeFilmstrip(recorded, signal);
        return { facts: { tile: facts.tile, tiles: [...facts.tiles] }, data };
      };
      const { facts, data } = await madeOnce(options, making, period, make, goneSignal(reply));
      await lookedAtClip(request, params.occurrence, { what: "filmstrip", ...period }, query);
      const etag = etagOf(data);
      reply.type("image/jpeg").headers({
        ...{ etag, "cache-control": "private, no-cache" },
        "filmstrip-tile": `${facts.tile.width_px}x${facts.tile.height_px}`,
        "filmstrip-offsets": facts.tiles.map(({ offset_ms }) => offset_ms / 1000).join(", "),
        "filmstrip-times": facts.tiles.map(({ at_ms }) => isoOf(at_ms)).join(", "),
      });
      if (isNotModified(headers["if-none-match"], etag)) {
        return reply.code(304).removeHeader("content-type").send();
      }
      return reply.send(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    },
  );
};
