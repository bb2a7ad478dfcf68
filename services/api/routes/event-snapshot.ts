import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { mediaOf } from "../api-event.ts";
import { answerConditionally } from "../etag.ts";
import { getEvent, OccurrenceParams } from "../find-event.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, Binary } from "../schemas.ts";

export const eventSnapshotRoute: FastifyPluginAsyncTypebox<Pick<Parts, "index" | "town" | "media">> = async (
  app,
  { media, ...parts },
) => {
  app.get(
    "/v1/events/:occurrence/snapshot",
    {
      onSend: answerConditionally,
      schema: {
        operationId: "getEventSnapshot",
        summary: "The picture of an event",
        tags: ["events"],
        params: OccurrenceParams,
        response: answers({ 200: answerIn("image/jpeg", Binary, "JPEG") }, [400, 404, 503]),
      },
    },
    async ({ params }, reply) => {
      const { snapshot } = mediaOf(await getEvent(parts, params.occurrence));
      const jpeg = snapshot === undefined ? undefined : await media.read(snapshot);
      if (!jpeg) throw new Refusal(404, "MEDIA_GONE", "The picture has expired or never was taken.");
      // A browser asks again each time: what is deleted here must not live on there.
      reply.type("image/jpeg").header("cache-control", "private, no-cache");
      return reply.send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
    },
  );
};
