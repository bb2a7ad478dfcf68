import type { Timetable } from "@yardline/timetable/timetable";
import type { Dimension, Group, History, VisitFilter } from "../history.ts";
import { plannedCalls } from "./planned-calls.ts";
import { defineReport } from "./report.ts";
import { DRIVES_MIN } from "./run-times.ts";
import { segmentLengths, segmentOf } from "./segments.ts";
import { unhurried } from "./unhurried.ts";

const KMH_PER_MPS = 3.6;

/** A segment between two stops that follow each other, all lines that drive there together. */
export type NetworkRow = {
  readonly feed: string;
  readonly stop_id: string;
  readonly next_stop_id: string;
  /** Drives from the one stop to the other. */
  readonly n: number;
  /** How late they leave the stop where it begins, on the mean; absent where no departure was seen. */
  readonly mean_delay_s?: number;
  /** The middle drive, and what the timetable gives on the mean. */
  readonly p50_s: number;
  readonly planned_s?: number;
  /** How much longer than planned the middle drive takes: what a bus loses here. Negative where it makes up. */
  readonly gained_s?: number;
  readonly length_m: number;
  readonly p50_kmh: number;
};

export const networkReport = defineReport({
  name: "network",
  summary:
    "Each segment between stops, all lines together: how late, how much slower than planned, how fast.",
  async run({ history, timetables, filter, signal }) {
    const { rows, hidden } = await networkOf(history, timetables, filter, signal);
    const definition =
      "Delay: how late vehicles leave the stop where the segment begins, on the mean, of the lines that drive it. Gained: what the middle drive to the " +
      "next stop takes more than the timetable gives. Speed: length over the middle drive, standing on the road included. Fewer than " +
      `${DRIVES_MIN} drives, and drives that were not seen at a stop between, are not shown; not shown here: ${hidden}.`;
    return { definition, rows };
  },
});

type Sum = { n: number; sum_s: number };
const WAY = ["feed", "route_id", "direction_id", "stop_id"] as const satisfies readonly Dimension[];
const textOf = (group: Group, names: readonly Dimension[]) => names.map((name) => group[name]).join("\t");

/**
 * Segments of the timetables that were driven at least `DRIVES_MIN` times, and how many others there were.
 * @throws AppError as `History.percentiles` does.
 */
export async function networkOf(
  history: Pick<History, "percentiles" | "distribution">,
  timetables: readonly Timetable[],
  filter: VisitFilter,
  signal?: AbortSignal,
): Promise<{ readonly rows: readonly NetworkRow[]; readonly hidden: number }> {
  const by = ["feed", "stop_id", "next_stop_id"] as const;
  const driven = { measure: "running_time_s", filter, percentiles: [0.5] } as const;
  const found = await history.percentiles({ ...driven, by }, signal);
  const delays = await delaysOf(history, filter, signal);
  const planned = await plannedHops(timetables, filter, signal);
  const lengths = segmentLengths(timetables);
  const rows = found.flatMap(({ group, n, values: [p50_s = 0] }) => {
    const name = segmentOf(group.feed, group.stop_id, group.next_stop_id);
    const length_m = lengths.get(name);
    if (length_m === undefined || n < DRIVES_MIN || p50_s <= 0) return [];
    const [delay, plan] = [delays.get(name), planned.get(name)];
    const planned_s = plan && plan.sum_s / plan.n;
    return {
      ...{ feed: `${group.feed}`, stop_id: `${group.stop_id}`, next_stop_id: `${group.next_stop_id}`, n },
      ...(delay && { mean_delay_s: delay.sum_s / delay.n }),
      p50_s,
      ...(planned_s !== undefined && { planned_s, gained_s: p50_s - planned_s }),
      ...{ length_m, p50_kmh: (length_m / p50_s) * KMH_PER_MPS },
    };
  });
  return { rows, hidden: found.length - rows.length };
}

/** Departure delays by segment: those of each line's stop count for every segment that the line drives from there. */
async function delaysOf(
  history: Pick<History, "percentiles" | "distribution">,
  filter: VisitFilter,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Sum>> {
  const late = { measure: "departure_delay_s", filter, by: WAY, edges: [0] } as const;
  const stops = await history.distribution(late, signal);
  const ofStop = new Map(stops.map((row) => [textOf(row.group, WAY), row]));
  const driven = {
    measure: "running_time_s",
    filter,
    by: [...WAY, "next_stop_id"],
    percentiles: [0.5],
  } as const;
  const sums = new Map<string, Sum>();
  for (const { group } of await history.percentiles(driven, signal)) {
    const stop = ofStop.get(textOf(group, WAY));
    if (!stop) continue;
    const name = segmentOf(group.feed, group.stop_id, group.next_stop_id);
    const { n, sum_s } = sums.get(name) ?? { n: 0, sum_s: 0 };
    sums.set(name, { n: n + stop.n, sum_s: sum_s + stop.sum });
  }
  return sums;
}

async function plannedHops(
  timetables: readonly Timetable[],
  filter: VisitFilter,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Sum>> {
  const hops = new Map<string, Sum>();
  await unhurried(
    plannedCalls(timetables, filter),
    ({ feed, stop_id, departure_ms, next }) => {
      if (!next) return;
      const name = segmentOf(feed, stop_id, next.stop_id);
      const { n, sum_s } = hops.get(name) ?? { n: 0, sum_s: 0 };
      hops.set(name, { n: n + 1, sum_s: sum_s + (next.arrival_ms - departure_ms) / 1000 });
    },
    signal,
  );
  return hops;
}
