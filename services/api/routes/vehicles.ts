import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { LiveVehicle } from "@yardline/domain/trip-run";
import { type Static, Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import { featureCollection, GEOJSON_TYPE, PointGeometry, pointOf } from "../geojson.ts";
import type { Parts } from "../parts.ts";
import { answerIn, answers, Instant, refTo } from "../schemas.ts";
import { type LineName, lineNames, loaded } from "../transit.ts";

export const VehicleCollection = featureCollection("VehicleCollection", PointGeometry, {
  vehicle_id: Type.String(),
  at: Instant,
  speed_mps: Type.Optional(Type.Number()),
  course_deg: Type.Optional(Type.Number({ description: "Clockwise from north" })),
  route_id: Type.Optional(Type.String()),
  route_short_name: Type.Optional(Type.String()),
  route_color: Type.Optional(Type.String()),
  trip_id: Type.Optional(Type.String()),
  headsign: Type.Optional(Type.String()),
  delay_s: Type.Optional(Type.Integer({ description: "Positive is late" })),
  stop_id: Type.Optional(Type.String({ description: "The stop that it comes to next" })),
  shared_by: Type.Optional(Type.String({ description: "The neighbour whose it is; absent for our own." })),
});
type Feature = Static<typeof VehicleCollection>["features"][number];

export const vehiclesRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  app.get(
    "/v1/vehicles",
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "listVehicles",
        summary: "Where the vehicles are now, as GeoJSON",
        tags: ["transit"],
        response: answers(
          { 200: answerIn("application/geo+json", refTo(VehicleCollection), "Points") },
          [404],
        ),
      },
    },
    async (_request, reply) => {
      const view = loaded(transit);
      const nameOf = lineNames(view);
      const collection: Static<typeof VehicleCollection> = {
        type: "FeatureCollection",
        features: view.listVehicles(clock.now_ms()).map((vehicle) => featureOf(vehicle, nameOf)),
      };
      reply.type(GEOJSON_TYPE).header("cache-control", "public, max-age=2");
      return reply.send(collection);
    },
  );
};

function featureOf(vehicle: LiveVehicle, nameOf: (route_id: string) => LineName): Feature {
  const { vehicle_id, at_ms, run, headsign, speed_mps, course_deg, delay_s, stop_id, shared_by } = vehicle;
  return {
    type: "Feature",
    geometry: pointOf(vehicle),
    properties: {
      vehicle_id,
      at: isoOf(at_ms),
      ...(speed_mps !== undefined && { speed_mps }),
      ...(course_deg !== undefined && { course_deg }),
      ...(run && { route_id: run.route_id, trip_id: run.trip_id, ...nameOf(run.route_id) }),
      ...(headsign !== undefined && { headsign }),
      ...(delay_s !== undefined && { delay_s: Math.round(delay_s) }),
      ...(stop_id !== undefined && { stop_id }),
      ...(shared_by !== undefined && { shared_by }),
    },
  };
}
