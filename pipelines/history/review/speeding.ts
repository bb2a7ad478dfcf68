import type { Timetable } from "@yardline/timetable/timetable";
import type { History, VisitFilter } from "../history.ts";
import { defineReport } from "./report.ts";
import { DRIVES_MIN } from "./run-times.ts";
import { segmentLengths, segmentOf } from "./segments.ts";

/** Over shorter ways the time between two stops says little about speed. */
const LENGTH_M_MIN = 200;
/** A drive is timed from 25 m behind a stop to 25 m before the next. */
const ZONES_M = 50;
/** Speed of which 85 % of the drives stay under: the usual measure of traffic engineers. */
const SLOWEST_SHARE = 0.85;
const KMH_PER_MPS = 3.6;

export type SpeedingRow = {
  readonly feed: string;
  readonly stop_id: string;
  readonly next_stop_id: string;
  readonly hour: number;
  readonly n: number;
  readonly length_m: number;
  /** Mean speed over the segment of the middle drive, and of the one that 85 of 100 are slower than. */
  readonly p50_kmh: number;
  readonly p85_kmh: number;
};

export const speedingReport = defineReport({
  name: "speeding",
  summary: "Streets and hours on which vehicles drive too fast as a rule; never which vehicle.",
  async run({ history, timetables, filter, options: { limit_kmh }, signal }) {
    const rows = await speeding(history, timetables, filter, limit_kmh, signal);
    const definition =
      `Segments of at least ${LENGTH_M_MIN} m on which, in that hour, 15 of 100 drives are faster than ${limit_kmh} km/h on the mean from leaving a ` +
      `stop to the next: somewhere between they were faster still. At least ${DRIVES_MIN} drives, all lines and vehicles together; nothing here ` +
      "is about one of them.";
    return { definition, rows };
  },
});

/** @throws AppError as `History.percentiles` does. */
export async function speeding(
  history: Pick<History, "percentiles">,
  timetables: readonly Timetable[],
  filter: VisitFilter,
  limit_kmh: number,
  signal?: AbortSignal,
): Promise<readonly SpeedingRow[]> {
  const by = ["feed", "stop_id", "next_stop_id", "hour"] as const;
  const percentiles = [1 - SLOWEST_SHARE, 0.5];
  const found = await history.percentiles({ measure: "running_time_s", filter, by, percentiles }, signal);
  const lengths = segmentLengths(timetables);
  const rows = found.flatMap(({ group, n, values: [fast_s = 0, p50_s = 0] }) => {
    const length_m = lengths.get(segmentOf(group.feed, group.stop_id, group.next_stop_id));
    if (length_m === undefined || length_m < LENGTH_M_MIN || n < DRIVES_MIN || fast_s <= 0) return [];
    const [p85_kmh = 0, p50_kmh = 0] = [fast_s, p50_s].map(
      (took_s) => ((length_m - ZONES_M) / took_s) * KMH_PER_MPS,
    );
    if (p85_kmh <= limit_kmh) return [];
    const [feed, stop_id, next_stop_id] = [`${group.feed}`, `${group.stop_id}`, `${group.next_stop_id}`];
    return { feed, stop_id, next_stop_id, hour: Number(group.hour), n, length_m, p50_kmh, p85_kmh };
  });
  return rows.toSorted((a, b) => b.p85_kmh - a.p85_kmh);
}
