import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { LiveVehicle } from "@yardline/domain/trip-run";
import { PAGE_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import { boxOf } from "../event-query.ts";
import { GEOJSON_TYPE, pointOf } from "../geojson.ts";
import { ListPage, pageOf } from "../list-page.ts";
import {
  addressOf,
  featureOf,
  featuresOf,
  flatBox,
  ItemsQuery,
  nextLink,
  OGC_ROOT,
  periodOfDatetime,
  selfLink,
} from "../ogc.ts";
import type { Parts } from "../parts.ts";
import { isInBox } from "../places.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, Instant, NameParameter, refTo } from "../schemas.ts";

export const VehicleFeature = featureOf("VehicleFeature", {
  at: Instant,
  speed_mps: Type.Optional(Type.Number()),
  course_deg: Type.Optional(Type.Number({ description: "Clockwise from north" })),
  route_id: Type.Optional(Type.String()),
  trip_id: Type.Optional(Type.String()),
  service_date: Type.Optional(Type.String()),
  headsign: Type.Optional(Type.String()),
  delay_s: Type.Optional(Type.Number({ description: "Positive is late" })),
  stop_id: Type.Optional(Type.String({ description: "The stop that it comes to next" })),
});
export const VehicleFeatures = featuresOf("VehicleFeatures", VehicleFeature);

const ITEMS = `${OGC_ROOT}/collections/vehicles/items`;
const LIMIT_USUAL = 10;
const CACHED = "public, max-age=2";
const Query = Type.Object({ ...ItemsQuery, cursor: ListPage.cursor }, { additionalProperties: false });

/** Only of `TransitView`, which shows no more than was decided that everybody may see. */
export const ogcVehiclesRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  app.get(
    ITEMS,
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "listVehicleFeatures",
        summary: "OGC API – Features: where the vehicles are now, as GeoJSON",
        tags: ["features"],
        querystring: Query,
        response: answers(
          { 200: answerIn("application/geo+json", refTo(VehicleFeatures), "Points, by id") },
          [400],
        ),
      },
    },
    async (request, reply) => {
      const { bbox, datetime, limit = LIMIT_USUAL, cursor } = request.query;
      const { from_ms = 0, to_ms = Number.POSITIVE_INFINITY } = periodOfDatetime(datetime);
      const box = bbox === undefined ? undefined : boxOf(flatBox(bbox));
      const now_ms = clock.now_ms();
      const vehicles = (transit?.listVehicles(now_ms) ?? []).filter(
        (vehicle) =>
          vehicle.at_ms >= from_ms && vehicle.at_ms < to_ms && (box === undefined || isInBox(vehicle, box)),
      );
      const page = { limit: Math.min(limit, PAGE_MAX), ...(cursor !== undefined && { cursor }) };
      const { items, cursor: next } = pageOf(vehicles, page, ({ vehicle_id }) => vehicle_id);
      const answer: Static<typeof VehicleFeatures> = {
        type: "FeatureCollection",
        features: items.map(vehicleFeatureOf),
        links: [selfLink(request, "application/geo+json"), ...nextLink(request, next)],
        timeStamp: isoOf(now_ms),
        numberReturned: items.length,
      };
      return reply.type(GEOJSON_TYPE).header("cache-control", CACHED).send(answer);
    },
  );
  app.get(
    `${ITEMS}/:feature`,
    {
      config: { access: "public" },
      onSend: answerConditionally,
      schema: {
        operationId: "getVehicleFeature",
        summary: "OGC API – Features: where one vehicle is now",
        tags: ["features"],
        params: Type.Object({ feature: NameParameter }),
        response: answers({ 200: answerIn("application/geo+json", refTo(VehicleFeature), "A point") }, [404]),
      },
    },
    async (request, reply) => {
      const vehicle = transit
        ?.listVehicles(clock.now_ms())
        .find(({ vehicle_id }) => vehicle_id === request.params.feature);
      if (!vehicle) throw new Refusal(404, "FEATURE_UNKNOWN", "There is no such vehicle on the map now.");
      const collection = `${addressOf(request)}${OGC_ROOT}/collections/vehicles`;
      const links = [
        selfLink(request, "application/geo+json"),
        { href: collection, rel: "collection", type: "application/json" },
      ];
      const feature = { ...vehicleFeatureOf(vehicle), links };
      return reply.type(GEOJSON_TYPE).header("cache-control", CACHED).send(feature);
    },
  );
};

function vehicleFeatureOf(vehicle: LiveVehicle): Static<typeof VehicleFeature> {
  const { vehicle_id: id, at_ms, latitude: _y, longitude: _x, run, stop_sequence: _n, ...said } = vehicle;
  const on = run && { route_id: run.route_id, trip_id: run.trip_id, service_date: run.service_date };
  return {
    type: "Feature",
    id,
    geometry: pointOf(vehicle),
    properties: { at: isoOf(at_ms), ...said, ...on },
  };
}
