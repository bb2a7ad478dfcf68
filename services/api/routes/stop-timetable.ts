import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Arrival } from "@yardline/domain/trip-run";
import { dateAt, dayAfter, originOf } from "@yardline/timetable/service-day";
import { type Static, Type } from "typebox";
import { KeptAnswers, sendKept } from "../kept-answers.ts";
import type { Parts, TransitView } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, NameParameter, refTo } from "../schemas.ts";
import { findStop, lineNames, loaded } from "../transit.ts";

/** Today and so many days after it: whoever has no connection tomorrow still knows. */
const DAYS = 3;
/** Orders of dispatchers are in it so soon. */
const KEPT_MS = 60_000;
/** A city's 5,000 stops, a hundred calls a day. */
const KEPT_BYTES_MAX = 50_000_000;

const PlannedLine = Type.Object({
  route_id: Type.String(),
  route_short_name: Type.String(),
  route_color: Type.String({ description: "Six hex digits without #" }),
  headsign: Type.Optional(Type.String()),
  scheduled_at: Type.Array(Instant, { description: "Soonest first." }),
});
type PlannedLine = Static<typeof PlannedLine>;

export const StopTimetable = Type.Object(
  {
    stop: Type.Object({ stop_id: Type.String(), stop_name: Type.String() }),
    timezone: Type.String({ description: "IANA name: in which to show these instants" }),
    from: { ...Instant, description: "The beginning of today's service day." },
    until: { ...Instant, description: "Exclusive: what comes later is not in it." },
    lines: Type.Array(PlannedLine, { description: "A line with two headsigns stands twice." }),
  },
  { $id: "StopTimetable" },
);

/** What a phone keeps of a stop for when it has no connection: small, and the same all day long unless a dispatcher changes something. */
export const stopTimetableRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  const kept = new KeptAnswers({ age_max_ms: KEPT_MS, bytes_max: KEPT_BYTES_MAX });
  app.get(
    "/v1/stops/:stop_id/timetable",
    {
      config: { access: "public" },
      schema: {
        operationId: "getStopTimetable",
        summary:
          "What is planned at a stop today and in the next days, to keep for when there is no connection",
        tags: ["transit"],
        params: Type.Object({ stop_id: NameParameter }),
        response: answers({ 200: refTo(StopTimetable) }, [400, 404]),
      },
    },
    async (request, reply) => {
      const { stop_id } = request.params;
      const now_ms = clock.now_ms();
      const answer = kept.get(stop_id, now_ms, () =>
        String(reply.serializeInput(timetableOf(loaded(transit), stop_id, now_ms), "200")),
      );
      reply.header("cache-control", "public, max-age=300");
      return sendKept(request, reply, answer);
    },
  );
};

/** @throws Refusal 404 for a stop that is not in the timetable, and for a neighbour's. */
function timetableOf(view: TransitView, stop_id: string, now_ms: EpochMs): Static<typeof StopTimetable> {
  const { timezone } = view;
  const today = dateAt(now_ms, timezone);
  const [from_ms, until_ms] = [originOf(today, timezone), originOf(dayAfter(today, DAYS), timezone)];
  const stop = findStop(view, stop_id);
  const calls = view.listPlanned(stop_id, [from_ms, until_ms], now_ms);
  if (!stop || !calls) throw new Refusal(404, "STOP_UNKNOWN", "There is no such stop in the timetable.");
  return {
    stop: { stop_id, stop_name: stop.stop_name },
    timezone,
    from: isoOf(from_ms),
    until: isoOf(until_ms),
    lines: linesOf(calls, lineNames(view)),
  };
}

function linesOf(calls: readonly Arrival[], nameOf: ReturnType<typeof lineNames>): PlannedLine[] {
  const same = Map.groupBy(calls, ({ run, headsign }) => JSON.stringify([run.route_id, headsign]));
  return [...same.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { run, headsign } = first;
    return {
      route_id: run.route_id,
      ...nameOf(run.route_id),
      ...(headsign !== undefined && { headsign }),
      scheduled_at: own.map(({ scheduled_at_ms }) => isoOf(scheduled_at_ms)),
    };
  });
}
