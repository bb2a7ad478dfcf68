import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { stopMonitoring, tokenOf, vehicleMonitoring } from "@yardline/publishing/siri";
import { Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, NameParameter } from "../schemas.ts";
import { idMeant, siriNames } from "../siri.ts";
import { loaded } from "../transit.ts";

const XML_TYPE = "application/xml; charset=utf-8";
/** Longest board that is answered; there are no longer ones. */
const VISITS_MAX = 100;

const LineRef = Type.Optional({ ...NameParameter, description: "Of this line only." });
const strict = { additionalProperties: false };

const StopQuery = Type.Object(
  {
    MonitoringRef: { ...NameParameter, description: "The stop." },
    LineRef,
    MaximumStopVisits: Type.Optional(Type.Integer({ minimum: 0, maximum: VISITS_MAX })),
  },
  strict,
);

const VehicleQuery = Type.Object(
  { LineRef, VehicleRef: Type.Optional({ ...NameParameter, description: "This vehicle only." }) },
  strict,
);

const Delivery = Type.String();

/** SIRI 2.0 by GET, as SIRI Lite asks for it: parameters have the names of the request's elements. */
export const siriRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock" | "town">> = async (
  app,
  { transit, clock, town },
) => {
  app.get(
    "/siri/2.0/stop-monitoring.xml",
    {
      onSend: answerConditionally,
      schema: {
        operationId: "getStopMonitoring",
        summary: "SIRI StopMonitoring: what comes to a stop",
        tags: ["transit"],
        querystring: StopQuery,
        response: answers(
          { 200: answerIn("application/xml", Delivery, "A StopMonitoringDelivery") },
          [400, 404],
        ),
      },
    },
    async ({ query }, reply) => {
      const view = loaded(transit);
      const now_ms = clock.now_ms();
      const stops = view.listStops().map(({ stop_id }) => stop_id);
      const stop_id = idMeant(query.MonitoringRef, stops);
      const board = stop_id === undefined ? undefined : view.listArrivals(stop_id, now_ms);
      if (stop_id === undefined || !board)
        throw new Refusal(404, "STOP_UNKNOWN", "There is no such stop in the timetable.");
      const visits = board
        .filter(({ run }) => isMeant(query.LineRef, run.route_id))
        .slice(0, query.MaximumStopVisits ?? VISITS_MAX);
      reply.type(XML_TYPE).header("cache-control", "public, max-age=5");
      return reply.send(stopMonitoring(stop_id, visits, now_ms, siriNames(view, town.tenant, now_ms)));
    },
  );
  app.get(
    "/siri/2.0/vehicle-monitoring.xml",
    {
      onSend: answerConditionally,
      schema: {
        operationId: "getVehicleMonitoring",
        summary: "SIRI VehicleMonitoring: where each vehicle on a run is",
        tags: ["transit"],
        querystring: VehicleQuery,
        response: answers(
          { 200: answerIn("application/xml", Delivery, "A VehicleMonitoringDelivery") },
          [400, 404],
        ),
      },
    },
    async ({ query }, reply) => {
      const view = loaded(transit);
      const now_ms = clock.now_ms();
      const vehicles = view
        .listVehicles(now_ms)
        .filter(({ run }) => isMeant(query.LineRef, run?.route_id))
        .filter(({ vehicle_id }) => isMeant(query.VehicleRef, vehicle_id));
      reply.type(XML_TYPE).header("cache-control", "public, max-age=2");
      return reply.send(vehicleMonitoring(vehicles, now_ms, siriNames(view, town.tenant, now_ms)));
    },
  );
};

/** Whether an id is the one that was asked for, as it is or as SIRI writes it; every one is where nothing was asked. */
function isMeant(reference: string | undefined, id: string | undefined): boolean {
  return reference === undefined || (id !== undefined && (id === reference || tokenOf(id) === reference));
}
