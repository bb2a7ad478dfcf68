import type { Timetable } from "@yardline/timetable/timetable";

/** Along the line from a stop to the next one, metres, by `feed`, `stop_id` and `next_stop_id` of any line that drives it; the shortest way. */
export function segmentLengths(timetables: readonly Timetable[]): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (const { feed, patterns } of timetables) {
    for (const { stops, stop_at_m } of patterns) {
      for (const [i, { stop_id }] of stops.entries()) {
        const next = stops[i + 1];
        if (!next) continue;
        const name = segmentOf(feed, stop_id, next.stop_id);
        const length_m = (stop_at_m[i + 1] ?? 0) - (stop_at_m[i] ?? 0);
        lengths.set(name, Math.min(length_m, lengths.get(name) ?? Number.POSITIVE_INFINITY));
      }
    }
  }
  return lengths;
}

export function segmentOf(feed: unknown, stop_id: unknown, next_stop_id: unknown): string {
  return [feed, stop_id, next_stop_id].join("\t");
}
