import { timeText } from "@yardline/timetable/service-day";
import type { Pattern, Timetable, Trip } from "@yardline/timetable/timetable";
import { reportCsv } from "./report-csv.ts";

/** New times for the trips of one pattern that begin in some hours: seconds after the start, one a stop. */
export type NewTimes = {
  readonly timetable: Timetable;
  readonly pattern: Pattern;
  /** From the beginning of the one to the end of the other, of the scheduled start. */
  readonly hour_from: number;
  readonly hour_to: number;
  readonly offsets_s: readonly number[];
};

const HOUR_S = 3600;

/**
 * `stop_times.txt` of the trips whose times would change, whole: who takes the suggestion puts these rows in the place of theirs. A stay
 * that is planned at a stop stays as long as there is room for it. Trips that are driven by headway keep their model: none of them is here.
 * @see https://gtfs.org/documentation/schedule/reference/#stop_timestxt
 */
export function suggestedStopTimes(changes: readonly NewTimes[]): string {
  const rows = changes.flatMap(({ timetable, pattern, hour_from, hour_to, offsets_s }) =>
    [...timetable.trips.values()]
      .filter((trip) => trip.pattern === pattern && trip.starts_s.length === 0)
      .filter((trip) => {
        const hour = Math.floor((trip.departure_s[0] ?? 0) / HOUR_S) % 24;
        return hour >= hour_from && hour <= hour_to;
      })
      .flatMap((trip) => rowsOf(trip, offsets_s)),
  );
  return reportCsv(rows);
}

function rowsOf({ trip_id, pattern, arrival_s, departure_s }: Trip, offsets_s: readonly number[]) {
  const start_s = departure_s[0] ?? 0;
  let before_s = start_s - ((departure_s[0] ?? 0) - (arrival_s[0] ?? 0));
  return pattern.stops.map(({ stop_id }, stop) => {
    const leaves_s = start_s + (offsets_s[stop] ?? 0);
    const stays_s = (departure_s[stop] ?? 0) - (arrival_s[stop] ?? 0);
    const comes_s = Math.max(before_s, leaves_s - stays_s);
    before_s = leaves_s;
    return {
      trip_id,
      arrival_time: timeText(comes_s),
      departure_time: timeText(leaves_s),
      stop_id,
      stop_sequence: pattern.stop_sequences[stop] ?? 0,
    };
  });
}
