import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import { featureCollection, GEOJSON_TYPE, LinesGeometry, linesOf } from "../geojson.ts";
import type { Parts } from "../parts.ts";
import { answerIn, answers, refTo } from "../schemas.ts";
import { loaded } from "../transit.ts";

export const LineCollection = featureCollection("LineCollection", LinesGeometry, {
  route_id: Type.String(),
  route_short_name: Type.String(),
  route_long_name: Type.String(),
  route_color: Type.String({ description: "Six hex digits without #" }),
  stop_ids: Type.Optional(Type.Array(Type.String(), { description: "Where it calls, in no order." })),
  shared_by: Type.Optional(Type.String({ description: "The neighbour whose it is; absent for our own." })),
});

export const linesRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit">> = async (app, { transit }) => {
  app.get(
    "/v1/lines",
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "listLines",
        summary: "All lines and where they run, as GeoJSON",
        tags: ["transit"],
        response: answers(
          { 200: answerIn("application/geo+json", refTo(LineCollection), "MultiLineStrings") },
          [404],
        ),
      },
    },
    async (_request, reply) => {
      const collection: Static<typeof LineCollection> = {
        type: "FeatureCollection",
        features: loaded(transit)
          .listLines()
          .map(({ shapes, stop_ids, ...line }) => ({
            type: "Feature",
            geometry: linesOf(shapes),
            properties: { ...line, ...(stop_ids && { stop_ids: [...stop_ids] }) },
          })),
      };
      reply.type(GEOJSON_TYPE).header("cache-control", "public, max-age=300");
      return reply.send(collection);
    },
  );
};
