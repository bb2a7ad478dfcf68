import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { ApiEvent, apiEventOf } from "../api-event.ts";
import { answerConditionally } from "../etag.ts";
import { getEvent, OccurrenceParams } from "../find-event.ts";
import { incidentsOf } from "../incident-desk.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

export const eventRoute: FastifyPluginAsyncTypebox<
  Pick<Parts, "index" | "town" | "cameras" | "clock" | "records">
> = async (app, parts) => {
  app.get(
    "/v1/events/:occurrence",
    {
      config: { access: ["archive", "transit"], audits: { not: "Its pictures are asked for one by one." } },
      onSend: answerConditionally,
      // Events are open to fields that a newer release adds, so a serializer made of the schema would only be slower.
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "getEvent",
        summary: "One event: the highest revision of an occurrence, and the incidents it is attached to",
        tags: ["events"],
        params: OccurrenceParams,
        response: answers({ 200: refTo(ApiEvent) }, [400, 404, 503]),
      },
    },
    async ({ params, visitor }, reply): Promise<ApiEvent> => {
      const event = await getEvent(parts, params.occurrence, visitor);
      reply.header("cache-control", "private, no-cache");
      const incidents = await incidentsOf(parts, event.occurrence, visitor);
      return { ...apiEventOf(event), ...(incidents.length > 0 && { incidents }) };
    },
  );
};
