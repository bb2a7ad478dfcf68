import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { transitMissedTrip } from "@yardline/events/transit-missed-trip";
import { addStopReport, listStopReports, type StopReport } from "@yardline/incidents/stop-report";
import { type EventIndex, PAGE_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { periodOf } from "../recorded-period.ts";
import { answers, Instant, NameParameter, refTo } from "../schemas.ts";
import { TapThrottle } from "../tap-throttle.ts";
import { loaded } from "../transit.ts";

const HOUR_MS = 3_600_000;
const PERIOD_MS_MAX = 31 * 24 * HOUR_MS;
/** A trip that was missed so long before is what people still stand and wait for. */
const WAITED_MS = 90 * 60_000;
const MISSED_MAX = 2_000;

const StopReportCount = Type.Object({
  hour: { ...Instant, description: "When the hour begins." },
  stop_id: Type.String(),
  route_id: Type.Optional(Type.String({ description: "Absent where nobody said which line." })),
  reports: Type.Integer({ description: "How many said that it did not come." }),
  missed_trips: Type.Integer({
    description: "Trips of the line that no vehicle was seen on, from an hour and a half before.",
  }),
});
type StopReportCount = Static<typeof StopReportCount>;
export const StopReportList = Type.Object(
  { counts: Type.Array(StopReportCount, { description: "In the order of time." }) },
  { $id: "StopReportList" },
);
const MissedTrip = Type.Object({ route_id: Type.String() });

type Options = Pick<Parts, "records" | "index" | "transit" | "town" | "clock">;

/** Residents say that a bus did not come, without saying who they are; planners and dispatchers see how many. */
export const stopReportsRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  const { records, clock } = parts;
  const throttle = new TapThrottle();
  app.post(
    "/v1/stops/:stop_id/reports",
    {
      config: { access: "public", audits: { not: "A resident's tap is counted without a name." } },
      schema: {
        operationId: "reportMissing",
        summary: "Says that a bus did not come; nothing is kept of who says so, and a second tap counts once",
        tags: ["transit"],
        params: Type.Object({ stop_id: NameParameter }),
        body: Type.Object(
          { route_id: Type.Optional({ ...NameParameter, description: "The line that was waited for." }) },
          { additionalProperties: false },
        ),
        response: answers({ 204: Type.Null({ description: "It is counted." }) }, [400, 404, 429, 503]),
      },
    },
    async ({ params: { stop_id }, body: { route_id }, ip }, reply) => {
      refuseUnknown(parts, stop_id, route_id);
      const verdict = throttle.judge(ip, stop_id, route_id ?? "", clock.now_ms());
      if (typeof verdict === "object") {
        const message = "Thank you: many have said so already. Say it again later.";
        throw new Refusal(429, "REPORTS_MANY", message, Math.ceil(verdict.wait_ms / 1_000));
      }
      const report = { stop_id, ...(route_id !== undefined && { route_id }) };
      if (verdict === "count") await addStopReport(records, report, clock.now_ms());
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/stop-reports",
    {
      config: { access: ["transit"] },
      schema: {
        operationId: "countStopReports",
        summary:
          "How many said that a bus did not come, by stop, line and hour, beside trips that were missed",
        tags: ["transit"],
        querystring: Type.Object(
          {
            from: { ...Instant, description: "Inclusive." },
            to: { ...Instant, description: "Exclusive; at most 31 days later." },
          },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(StopReportList) }, [400, 503]),
      },
    },
    async ({ query }) => {
      const { from_ms, to_ms } = periodOf(query, { recordings_ms_max: PERIOD_MS_MAX });
      const reports = await listStopReports(records, from_ms, to_ms);
      const missed = reports.length === 0 ? [] : await missedTrips(parts, from_ms - WAITED_MS, to_ms);
      return { counts: countsOf(reports, missed) };
    },
  );
};

/** @throws Refusal 404 for what the timetable does not have: nobody fills our store with names of their own. */
function refuseUnknown(
  { transit }: Pick<Parts, "transit">,
  stop_id: string,
  route_id: string | undefined,
): void {
  const view = loaded(transit);
  if (!view.listStops().some((stop) => stop.stop_id === stop_id)) {
    throw new Refusal(404, "STOP_UNKNOWN", "There is no such stop.");
  }
  if (route_id !== undefined && !view.listLines().some((line) => line.route_id === route_id)) {
    throw new Refusal(404, "LINE_UNKNOWN", "There is no such line.");
  }
}

type Missed = { readonly route_id: string; readonly at_ms: number };

async function missedTrips(
  { index, town }: { readonly index: Pick<EventIndex, "search"> } & Pick<Parts, "town">,
  from_ms: number,
  to_ms: number,
): Promise<readonly Missed[]> {
  const is = (field: "tenant" | "type", value: string) => ({ op: "is", field, values: [value] }) as const;
  const where = { op: "all", of: [is("tenant", town.tenant), is("type", transitMissedTrip.type)] } as const;
  const found: Missed[] = [];
  let cursor: string | undefined;
  do {
    const page = await index.search(
      { from_ms: Math.max(0, from_ms), to_ms, where },
      { limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) },
    );
    for (const { data, time } of page.events) {
      if (Value.Check(MissedTrip, data)) found.push({ route_id: data.route_id, at_ms: Date.parse(time) });
    }
    cursor = page.cursor;
  } while (cursor !== undefined && found.length < MISSED_MAX);
  return found;
}

function countsOf(reports: readonly StopReport[], missed: readonly Missed[]): StopReportCount[] {
  const hours = Map.groupBy(reports, ({ at, stop_id, route_id }) =>
    JSON.stringify([hourOf(at), stop_id, route_id ?? null]),
  );
  return [...hours.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { stop_id, route_id, at } = first;
    const hour_ms = hourOf(at);
    const ofLine = missed.filter(
      (trip) =>
        trip.route_id === route_id && trip.at_ms >= hour_ms - WAITED_MS && trip.at_ms < hour_ms + HOUR_MS,
    );
    const count = same.reduce((sum, each) => sum + each.count, 0);
    const line = route_id === undefined ? {} : { route_id };
    return [{ hour: isoOf(hour_ms), stop_id, ...line, reports: count, missed_trips: ofLine.length }];
  });
}

function hourOf(at: string): number {
  const at_ms = Date.parse(at);
  return at_ms - (at_ms % HOUR_MS);
}
