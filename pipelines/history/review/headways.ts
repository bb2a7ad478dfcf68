import type { History, VisitFilter } from "../history.ts";
import { type PlannedCall, plannedCalls } from "./planned-calls.ts";
import { defineReport } from "./report.ts";
import { unhurried } from "./unhurried.ts";

/** Passengers do not look at the timetable of a line that comes at least so often. */
export const FREQUENT_S_MAX = 15 * 60;
/** Nearer than this share of the planned headway two buses run as one; farther than that one is missing. */
const BUNCHED_SHARE = 0.25;
const GAP_SHARE = 1.5;
/** Seen headways are counted by whole minutes up to an hour. */
const MINUTE_S = 60;
const EDGES = Array.from({ length: 60 }, (_, minute) => (minute + 1) * MINUTE_S);

export type HeadwayRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly direction_id: number | null;
  readonly stop_id: string;
  readonly hour: number;
  /** Headways that were seen. */
  readonly n: number;
  readonly planned_headway_s: number;
  readonly mean_headway_s: number;
  /** Excess wait time: how much longer than by the timetable somebody waits who comes at any moment. Negative is shorter. */
  readonly excess_wait_s: number;
  /** Shares of the seen headways under a quarter, and over one and a half times, of the planned one; to the whole minute. */
  readonly bunched: number;
  readonly gaps: number;
};

const HEADWAY_DEFINITION =
  "Where the timetable has a bus at least every 15 minutes. Wait: half of the mean square of headways over their mean, for somebody who " +
  "comes at any moment; excess: actual minus planned (London's EWT). Bunched: under a quarter of the planned headway; gaps: over one and " +
  "a half times. A bus that was not seen makes a headway that nobody had: see completeness.";

export const headwaysReport = defineReport({
  name: "headways",
  summary: "Headways and excess wait time on lines that come at least every 15 minutes, by stop and hour.",
  async run({ history, timetables, filter, signal }) {
    const rows = await headways(history, plannedCalls(timetables, filter), filter, signal);
    return { definition: HEADWAY_DEFINITION, rows };
  },
});

type Sums = { n: number; sum: number; squares: number };

/**
 * Headways on frequent lines, by line, direction, stop and hour.
 * @throws AppError as `History.distribution` does.
 */
export async function headways(
  history: Pick<History, "distribution">,
  calls: Iterable<PlannedCall>,
  filter: VisitFilter,
  signal?: AbortSignal,
): Promise<readonly HeadwayRow[]> {
  const by = ["feed", "route_id", "direction_id", "stop_id", "hour"] as const;
  const planned = await plannedHeadways(calls, signal);
  const rows = await history.distribution({ measure: "headway_s", filter, by, edges: EDGES }, signal);
  return rows.flatMap(({ group, n, sum, squares, classes }) => {
    const plan = planned.get(by.map((name) => group[name]).join("\t"));
    if (!plan || plan.n === 0 || plan.sum / plan.n > FREQUENT_S_MAX) return [];
    const planned_headway_s = plan.sum / plan.n;
    return {
      feed: String(group.feed),
      route_id: String(group.route_id),
      direction_id: typeof group.direction_id === "number" ? group.direction_id : null,
      stop_id: String(group.stop_id),
      hour: Number(group.hour),
      n,
      planned_headway_s,
      mean_headway_s: sum / n,
      excess_wait_s: waitOf({ n, sum, squares }) - waitOf(plan),
      bunched: share(classes, n, (minute) => (minute + 1) * MINUTE_S <= BUNCHED_SHARE * planned_headway_s),
      gaps: share(classes, n, (minute) => minute * MINUTE_S >= GAP_SHARE * planned_headway_s),
    };
  });
}

/** Mean wait of somebody who comes at any moment, seconds: sum(h^2) / (2 sum(h)). */
function waitOf({ sum, squares }: Sums): number {
  return sum > 0 ? squares / (2 * sum) : 0;
}

function share(classes: readonly number[], n: number, counts: (minute: number) => boolean): number {
  return classes.reduce((all, count, minute) => all + (counts(minute) ? count : 0), 0) / n;
}

/** Planned headways by the group of the later departure, as the history has seen ones. */
async function plannedHeadways(
  calls: Iterable<PlannedCall>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Sums>> {
  const departures = new Map<string, PlannedCall[]>();
  await unhurried(
    calls,
    (call) => {
      if (!call.next) return;
      const { feed, route_id, direction_id, stop_id, service_date } = call;
      const key = [feed, route_id, direction_id, stop_id, service_date].join("\t");
      const own = departures.get(key);
      if (own) own.push(call);
      else departures.set(key, [call]);
    },
    signal,
  );
  const sums = new Map<string, Sums>();
  for (const own of departures.values()) {
    own.sort((a, b) => a.departure_ms - b.departure_ms);
    for (const [i, { feed, route_id, direction_id, stop_id, hour, departure_ms }] of own.entries()) {
      const before = own[i - 1];
      if (!before) continue;
      const headway_s = (departure_ms - before.departure_ms) / 1000;
      const key = [feed, route_id, direction_id, stop_id, hour].join("\t");
      const { n, sum, squares } = sums.get(key) ?? { n: 0, sum: 0, squares: 0 };
      sums.set(key, { n: n + 1, sum: sum + headway_s, squares: squares + headway_s ** 2 });
    }
  }
  return sums;
}
