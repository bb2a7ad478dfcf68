import { secondsOf } from "@yardline/timetable/service-day";
import type { Timetable, Trip } from "@yardline/timetable/timetable";
import type { Fix } from "./fix.ts";

const DAY_S = 86_400;

export type TripOf = { readonly timetable: Timetable; readonly trip: Trip };

/** The trips of timetables by line, direction and first departure: so HFP and some GTFS-Realtime feeds name them. */
export class TripsByStart {
  readonly #trips: ReadonlyMap<string, readonly TripOf[]>;

  constructor(timetables: readonly Timetable[]) {
    const all = timetables.flatMap((timetable) =>
      [...timetable.trips.values()].map((trip) => ({ timetable, trip })),
    );
    this.#trips = Map.groupBy(all, ({ trip }) =>
      keyOf(trip.pattern.route.route_id, trip.direction_id, trip.departure_s[0]),
    );
  }

  /**
   * The trip of that start that runs on the fix's service day; undefined where there is none, or several. Sources whose clock begins again
   * at midnight mean, by 00:20 of a service day, 24:20.
   */
  find({ route_id, direction_id, start_time, start_date }: Fix): TripOf | undefined {
    const start_s = secondsOf(start_time ?? "");
    if (route_id === undefined || start_s === undefined || start_date === undefined) return undefined;
    for (const from_s of start_s < DAY_S ? [start_s, start_s + DAY_S] : [start_s]) {
      const [one, another] = (this.#trips.get(keyOf(route_id, direction_id, from_s)) ?? []).filter(
        ({ timetable, trip }) =>
          timetable.listRunsOn(trip.pattern, start_date).some((run) => run.trip === trip),
      );
      if (one) return another ? undefined : one;
    }
    return undefined;
  }
}

function keyOf(route_id: string, direction_id: number | undefined, start_s: number | undefined): string {
  return `${route_id}\t${direction_id ?? ""}\t${start_s}`;
}
