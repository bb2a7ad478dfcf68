import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import { featureCollection, GEOJSON_TYPE, PointGeometry, pointOf } from "../geojson.ts";
import type { Parts } from "../parts.ts";
import { answerIn, answers, refTo } from "../schemas.ts";
import { loaded } from "../transit.ts";

export const StopCollection = featureCollection("StopCollection", PointGeometry, {
  stop_id: Type.String(),
  stop_name: Type.String(),
  shared_by: Type.Optional(Type.String({ description: "The neighbour whose it is; absent for our own." })),
});

export const stopsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit">> = async (app, { transit }) => {
  app.get(
    "/v1/stops",
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "listStops",
        summary: "All stops, as GeoJSON",
        tags: ["transit"],
        response: answers({ 200: answerIn("application/geo+json", refTo(StopCollection), "Points") }, [404]),
      },
    },
    async (_request, reply) => {
      const collection: Static<typeof StopCollection> = {
        type: "FeatureCollection",
        features: loaded(transit)
          .listStops()
          .map(({ stop_id, stop_name, shared_by, ...place }) => ({
            type: "Feature",
            geometry: pointOf(place),
            properties: { stop_id, stop_name, ...(shared_by !== undefined && { shared_by }) },
          })),
      };
      reply.type(GEOJSON_TYPE).header("cache-control", "public, max-age=300");
      return reply.send(collection);
    },
  );
};
