import type { Timetable } from "@yardline/timetable/timetable";
import type { History, VisitFilter } from "../history.ts";
import { defineReport } from "./report.ts";
import { DRIVES_MIN } from "./run-times.ts";
import { segmentLengths, segmentOf } from "./segments.ts";

/** What a segment takes when nothing is in the way: so few drives of all hours are faster. */
const FIXED_FRACTION = 0.05;

export type SegmentRow = {
  readonly feed: string;
  readonly stop_id: string;
  readonly next_stop_id: string;
  readonly hour: number;
  readonly n: number;
  readonly p10_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
  readonly fixed_s: number;
  /** Median less the fixed part. */
  readonly variable_s: number;
  /** Median at the stop where the segment begins; absent where nobody stood there that hour. */
  readonly dwell_s?: number;
  readonly length_m?: number;
  readonly speed_mps?: number;
  /** Variable part of all drives of that hour together: where the hours go. */
  readonly lost_s: number;
};

export const slowSegmentsReport = defineReport({
  name: "slow-segments",
  summary:
    "Where and when vehicles lose time: run times by segment and hour, in their parts, the most lost first.",
  async run({ history, timetables, filter, signal }) {
    const { rows, hidden } = await slowSegments(history, timetables, filter, signal);
    const definition =
      "From leaving a stop to arriving at the next one, all lines that drive there together. Fixed: what a twentieth of the drives of all hours " +
      "need no longer than; variable: the hour's median less that; dwell: the median at the stop where it begins, in no other part. Lost: variable " +
      `part times drives. Fewer than ${DRIVES_MIN} drives are not shown; not shown here: ${hidden}.`;
    return { definition, rows };
  },
});

/**
 * Run times of each segment in each hour.
 * @returns those with at least `DRIVES_MIN` drives, and how many had fewer. @throws AppError as `History.percentiles` does.
 */
export async function slowSegments(
  history: Pick<History, "percentiles">,
  timetables: readonly Timetable[],
  filter: VisitFilter,
  signal?: AbortSignal,
): Promise<{ readonly rows: readonly SegmentRow[]; readonly hidden: number }> {
  const segment = ["feed", "stop_id", "next_stop_id"] as const;
  const driven = { measure: "running_time_s", filter } as const;
  const hourly = await history.percentiles(
    { ...driven, by: [...segment, "hour"], percentiles: [0.1, 0.5, 0.9] },
    signal,
  );
  const whole = await history.percentiles({ ...driven, by: segment, percentiles: [FIXED_FRACTION] }, signal);
  const stood = await history.percentiles(
    { measure: "dwell_s", filter, by: ["feed", "stop_id", "hour"], percentiles: [0.5] },
    signal,
  );
  const fixed = new Map(
    whole.map(({ group, values }) => [segment.map((name) => group[name]).join("\t"), values[0]]),
  );
  const dwell = new Map(
    stood.map(({ group, values }) => [`${group.feed}\t${group.stop_id}\t${group.hour}`, values[0]]),
  );
  const lengths = segmentLengths(timetables);
  const rows = hourly.flatMap(({ group, n, values: [p10_s = 0, p50_s = 0, p90_s = 0] }) => {
    if (n < DRIVES_MIN || group.next_stop_id === null) return [];
    const name = segmentOf(group.feed, group.stop_id, group.next_stop_id);
    const [feed, stop_id, next_stop_id] = [`${group.feed}`, `${group.stop_id}`, `${group.next_stop_id}`];
    const [fixed_s = p50_s, length_m] = [fixed.get(name), lengths.get(name)];
    const dwell_s = dwell.get(`${feed}\t${stop_id}\t${group.hour}`);
    const variable_s = Math.max(0, p50_s - fixed_s);
    return {
      ...{
        feed,
        stop_id,
        next_stop_id,
        hour: Number(group.hour),
        n,
        p10_s,
        p50_s,
        p90_s,
        fixed_s,
        variable_s,
      },
      ...(dwell_s !== undefined && { dwell_s }),
      ...(length_m !== undefined && { length_m }),
      ...(length_m !== undefined && p50_s > 0 && { speed_mps: length_m / p50_s }),
      lost_s: variable_s * n,
    };
  });
  return { rows: rows.toSorted((a, b) => b.lost_s - a.lost_s), hidden: hourly.length - rows.length };
}
