import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import { isActive } from "@yardline/operations/alerts";
import { type Static, Type } from "typebox";
import { reasonOf } from "../arrival-reason.ts";
import { KeptAnswers, sendKept } from "../kept-answers.ts";
import type { Parts, TransitView } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, NameParameter, refTo, Sentence } from "../schemas.ts";
import { ShownAlert, shownAlert } from "../shown-alert.ts";
import { findStop, lineNames, loaded } from "../transit.ts";

const ExpectedArrival = Type.Object({
  route_id: Type.String(),
  route_short_name: Type.String(),
  route_color: Type.String({ description: "Six hex digits without #" }),
  headsign: Type.Optional(Type.String()),
  trip_id: Type.String(),
  service_date: Type.String({ description: "YYYYMMDD" }),
  stop_sequence: Type.Integer(),
  vehicle_id: Type.Optional(Type.String()),
  scheduled_at: Instant,
  predicted_at: Instant,
  low: Type.Optional(Instant),
  high: Type.Optional(Instant),
  delay_s: Type.Integer({ description: "predicted_at minus scheduled_at" }),
  basis: Type.Enum(["live", "timetable", "lost"]),
  overdue: Type.Optional(
    Type.Enum(["missed", "unknown"], {
      description: "It should have come up to ten minutes ago: it did not, or nobody knows.",
    }),
  ),
  signal_at: Type.Optional(Instant),
  cancelled: Type.Optional(Type.Boolean({ description: "True: the trip does not run." })),
  skipped: Type.Optional(
    Type.Enum(["stop-closed", "detour"], { description: "Why it passes this stop by." }),
  ),
  reason: refTo(Sentence),
  shared_by: Type.Optional(Type.String({ description: "The neighbour whose it is; absent for our own." })),
});

export const StopArrivals = Type.Object(
  {
    stop: Type.Object({
      stop_id: Type.String(),
      stop_name: Type.String(),
      latitude: Type.Number(),
      longitude: Type.Number(),
      shared_by: Type.Optional(Type.String({ description: "The neighbour whose it is." })),
    }),
    made_at: Instant,
    heard_at: Type.Optional({
      ...Instant,
      description: "When any vehicle of the town was last heard of; absent where none ever was.",
    }),
    timezone: Type.String({ description: "IANA name: in which to show these instants" }),
    alerts: Type.Array(ShownAlert, { description: "What passengers at this stop should know now." }),
    arrivals: Type.Array(ExpectedArrival, { description: "Soonest first" }),
  },
  { $id: "StopArrivals" },
);

/** A board is at most so old; the positions behind it are told as they were up to a second ago. */
const BOARD_MS = 2_000;
/** A city's 5,000 boards of ten calls. */
const BOARDS_BYTES_MAX = 100_000_000;

export const arrivalsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  const boards = new KeptAnswers({ age_max_ms: BOARD_MS, bytes_max: BOARDS_BYTES_MAX });
  app.get(
    "/v1/stops/:stop_id/arrivals",
    {
      config: { access: "public" },
      schema: {
        operationId: "listArrivals",
        summary: "What comes to a stop, when, how sure, and why we think so",
        tags: ["transit"],
        params: Type.Object({ stop_id: NameParameter }),
        response: answers({ 200: refTo(StopArrivals) }, [400, 404]),
      },
    },
    async (request, reply) => {
      const { stop_id } = request.params;
      const now_ms = clock.now_ms();
      const board = boards.get(stop_id, now_ms, () =>
        String(reply.serializeInput(arrivalsAt(loaded(transit), stop_id, now_ms), "200")),
      );
      reply.header("cache-control", "public, max-age=5");
      return sendKept(request, reply, board);
    },
  );
};

/** @throws Refusal 404 for a stop that is not in the timetable. */
export function arrivalsAt(
  transit: TransitView,
  stop_id: string,
  now_ms: EpochMs,
): Static<typeof StopArrivals> {
  const stop = findStop(transit, stop_id);
  const arrivals = transit.listArrivals(stop_id, now_ms);
  if (!stop || !arrivals) throw new Refusal(404, "STOP_UNKNOWN", "There is no such stop in the timetable.");
  const nameOf = lineNames(transit);
  const heard_ms = transit.heardAt(now_ms);
  return {
    stop,
    made_at: isoOf(now_ms),
    ...(heard_ms !== undefined && { heard_at: isoOf(heard_ms) }),
    timezone: transit.timezone,
    alerts: alertsAt(transit, stop_id, arrivals, now_ms),
    arrivals: arrivals.map((arrival) => ({
      ...expected(arrival),
      ...nameOf(arrival.run.route_id),
      reason: reasonOf(arrival, now_ms, transit.timezone),
    })),
  };
}

/** Alerts about the stop, about lines that call at it, and about trips on its board. */
function alertsAt(transit: TransitView, stop_id: string, arrivals: readonly Arrival[], now_ms: EpochMs) {
  const routes = new Set(arrivals.map(({ run }) => run.route_id));
  const trips = new Set(arrivals.map(({ run }) => run.trip_id));
  return transit
    .listAlerts(now_ms)
    .filter((alert) => isActive(alert, now_ms))
    .filter(({ concerns }) =>
      concerns.some((concern) => {
        if ("run" in concern) return trips.has(concern.run.trip_id);
        return "stop_id" in concern ? concern.stop_id === stop_id : routes.has(concern.route_id);
      }),
    )
    .map(shownAlert);
}

function expected(arrival: Arrival) {
  const { run, headsign, vehicle_id, low_ms, high_ms, signal_at_ms, scheduled_at_ms, predicted_at_ms } =
    arrival;
  return {
    route_id: run.route_id,
    trip_id: run.trip_id,
    service_date: run.service_date,
    stop_sequence: arrival.stop_sequence,
    scheduled_at: isoOf(scheduled_at_ms),
    predicted_at: isoOf(predicted_at_ms),
    delay_s: Math.round((predicted_at_ms - scheduled_at_ms) / 1_000),
    basis: arrival.basis,
    ...(arrival.overdue && { overdue: arrival.overdue }),
    ...(headsign !== undefined && { headsign }),
    ...(vehicle_id !== undefined && { vehicle_id }),
    ...(low_ms !== undefined && { low: isoOf(low_ms) }),
    ...(high_ms !== undefined && { high: isoOf(high_ms) }),
    ...(signal_at_ms !== undefined && { signal_at: isoOf(signal_at_ms) }),
    ...(arrival.cancelled && { cancelled: true }),
    ...(arrival.skipped && { skipped: arrival.skipped }),
    ...(arrival.shared_by !== undefined && { shared_by: arrival.shared_by }),
  };
}
