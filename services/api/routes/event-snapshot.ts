import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { framed } from "@yardline/media/snapshot";
import { Type } from "typebox";
import { mediaOf } from "../api-event.ts";
import { etagOf, isNotModified } from "../etag.ts";
import { getPicturedEvent, OccurrenceParams } from "../find-event.ts";
import type { Limits } from "../limits.ts";
import { lookedAtPicture } from "../looked.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { incidentOf, PurposeQuery } from "../purpose.ts";
import { answerIn, answers, Binary } from "../schemas.ts";
import type { Telemetry } from "../telemetry.ts";
import { createWorkQueue } from "../work-queue.ts";

const BUSY_RETRY_S = 1;

const Asked = Type.Object({
  ...PurposeQuery,
  box: Type.Optional(
    Type.Enum(["0", "1"], { description: "`1`, the default: with a frame around what the event is about." }),
  ),
});

type Options = Pick<Parts, "index" | "town" | "cameras" | "media" | "clock"> & {
  readonly bounds: Limits;
  readonly telemetry: Telemetry;
};

export const eventSnapshotRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { media, bounds, telemetry } = options;
  const framings = createWorkQueue(
    { at_once: bounds.framings_max, waiting_max: bounds.framings_waiting_max },
    () => {
      telemetry.mediaRefused("framing");
      const message = "Too many pictures are asked for at once. Ask again in a moment.";
      return new Refusal(503, "PICTURES_BUSY", message, BUSY_RETRY_S);
    },
  );
  app.get(
    "/v1/events/:occurrence/snapshot",
    {
      config: { access: ["archive"], audits: "always" },
      schema: {
        operationId: "getEventSnapshot",
        summary: "The picture that shows best what an event is about, with a frame around it or without",
        tags: ["events"],
        params: OccurrenceParams,
        querystring: Asked,
        response: answers({ 200: answerIn("image/jpeg", Binary, "JPEG") }, [400, 403, 404, 503]),
      },
    },
    async (request, reply) => {
      const { params, query, headers, visitor } = request;
      const occasion = await incidentOf(request, query);
      const event = await getPicturedEvent(options, params.occurrence, visitor, occasion);
      const { snapshot, box } = mediaOf(event);
      const jpeg = snapshot === undefined ? undefined : await media.read(snapshot);
      if (!jpeg) throw new Refusal(404, "MEDIA_GONE", "The picture has expired or never was taken.");
      await lookedAtPicture(request, event, query);
      const frame = query.box === "0" ? undefined : box;
      // Of what it is made, so that nothing is drawn for whoever has it already.
      const etag = etagOf(`${etagOf(jpeg)} ${JSON.stringify(frame)}`);
      // A browser asks again each time: what is deleted here must not live on there.
      reply.type("image/jpeg").headers({ etag, "cache-control": "private, no-cache" });
      if (isNotModified(headers["if-none-match"], etag)) {
        return reply.code(304).removeHeader("content-type").send();
      }
      const picture = frame ? await framings.run(() => framed(jpeg, frame)) : jpeg;
      return reply.send(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength));
    },
  );
};
