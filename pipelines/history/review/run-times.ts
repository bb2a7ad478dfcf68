import type { History, VisitFilter } from "../history.ts";
import { type PlannedCall, plannedCalls } from "./planned-calls.ts";
import { defineReport } from "./report.ts";
import { unhurried } from "./unhurried.ts";

/** Fewer drives than this tell more of a driver than of a street: they are counted, and not shown. */
export const DRIVES_MIN = 5;
const PERCENTILES = [0.1, 0.5, 0.9] as const;

export type RunTimeRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly direction_id: number | null;
  readonly stop_id: string;
  readonly next_stop_id: string;
  /** Only where hours were asked for. */
  readonly hour?: number;
  readonly n: number;
  /** From the departure to the next stop's arrival, seconds. */
  readonly p10_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
  /** Absent where the timetable has no such hop: a stop between was not seen. */
  readonly planned_s?: number;
  readonly length_m?: number;
  /** Length over the median. */
  readonly speed_mps?: number;
};

const RUN_TIME_DEFINITION =
  "From leaving a stop to arriving at the next one that the vehicle was seen at, standing on the road included. A tenth of the drives take " +
  "no longer than p10, half no longer than p50, nine tenths no longer than p90. Hops with fewer than 5 drives are not shown.";

export const runTimesReport = defineReport({
  name: "run-times",
  summary: "How long each hop takes, beside the timetable: a tenth, half and nine tenths of the drives.",
  async run({ history, timetables, filter, options: { hourly }, signal }) {
    const calls = plannedCalls(timetables, filter);
    const { rows, hidden } = await runTimes(history, calls, filter, { hourly, ...(signal && { signal }) });
    return { definition: `${RUN_TIME_DEFINITION} Not shown here: ${hidden}.`, rows };
  },
});

type Hop = { n: number; sum_s: number; length_m: number };

/**
 * Running times from stop to stop.
 * @returns the hops with at least `DRIVES_MIN` drives, and how many had fewer.
 * @throws AppError as `History.percentiles` does.
 */
export async function runTimes(
  history: Pick<History, "percentiles">,
  calls: Iterable<PlannedCall>,
  filter: VisitFilter,
  { hourly = false, signal }: { readonly hourly?: boolean; readonly signal?: AbortSignal } = {},
): Promise<{ readonly rows: readonly RunTimeRow[]; readonly hidden: number }> {
  const by = [
    "feed",
    "route_id",
    "direction_id",
    "stop_id",
    "next_stop_id",
    ...(hourly ? (["hour"] as const) : []),
  ] as const;
  const query = { measure: "running_time_s", filter, by, percentiles: PERCENTILES } as const;
  const found = await history.percentiles(query, signal);
  const hops = await plannedHops(calls, hourly, signal);
  const rows = found.flatMap(({ group, n, values: [p10_s = 0, p50_s = 0, p90_s = 0] }) => {
    if (n < DRIVES_MIN) return [];
    const hop = hops.get(by.map((name) => group[name]).join("\t"));
    return {
      feed: String(group.feed),
      route_id: String(group.route_id),
      direction_id: typeof group.direction_id === "number" ? group.direction_id : null,
      stop_id: String(group.stop_id),
      next_stop_id: String(group.next_stop_id),
      ...(hourly && { hour: Number(group.hour) }),
      ...{ n, p10_s, p50_s, p90_s },
      ...(hop && { planned_s: hop.sum_s / hop.n, length_m: hop.length_m }),
      ...(hop && p50_s > 0 && { speed_mps: hop.length_m / p50_s }),
    };
  });
  return { rows, hidden: found.length - rows.length };
}

async function plannedHops(
  calls: Iterable<PlannedCall>,
  hourly: boolean,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Hop>> {
  const hops = new Map<string, Hop>();
  await unhurried(
    calls,
    ({ feed, route_id, direction_id, stop_id, hour, departure_ms, next }) => {
      if (!next) return;
      const key = [feed, route_id, direction_id, stop_id, next.stop_id, ...(hourly ? [hour] : [])].join("\t");
      const { n, sum_s } = hops.get(key) ?? { n: 0, sum_s: 0 };
      const taken_s = (next.arrival_ms - departure_ms) / 1000;
      hops.set(key, { n: n + 1, sum_s: sum_s + taken_s, length_m: next.length_m });
    },
    signal,
  );
  return hops;
}
