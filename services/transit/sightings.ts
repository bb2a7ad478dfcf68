import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import type { Route, Run, Timetable } from "@yardline/timetable/timetable";
import { startOf } from "@yardline/timetable/timetable";

/** A run that somebody was seen on: where last, and how far at most. */
export type Sighting = {
  readonly vehicle_id: string;
  readonly placement: Placement;
  readonly far_m: number;
};

/** Runs that nobody was seen on for so long are forgotten: boards look back less. */
const KEPT_MS = 4 * 3_600_000;
/** More runs than any town has under way. */
const SIGHTINGS_MAX = 50_000;

/** A line's vehicles report when so many of its runs, out of so many at least, that began in this time were seen. */
const REPORTS_SHARE = 0.8;
const RUNS_MIN = 3;
const BEGAN_MS = 90 * 60_000;
/** It is found out anew after so long. */
const REPORTED_MS = 2_000;
/** A run that began just now need not have been seen yet. */
const BEGAN_MIN_MS = 10 * 60_000;

/** Which runs were seen, by whom: what is known of those that nobody drives any more. */
export class Sightings {
  /** The one seen last stands last. */
  readonly #byRun = new Map<string, Sighting>();
  /** What was found of lines, for a moment: every board asks it of every run that is overdue. */
  readonly #reported = new WeakMap<Route, { readonly at_ms: EpochMs; readonly is: boolean }>();

  note(vehicle_id: string, placement: Placement): void {
    const key = runKey(placement.timetable, placement.run);
    const before = this.#byRun.get(key);
    this.#byRun.delete(key);
    this.#byRun.set(key, { vehicle_id, placement, far_m: Math.max(placement.at_m, before?.far_m ?? 0) });
    const [oldest] = this.#byRun;
    if (!oldest) return;
    const gone = oldest[1].placement.at_ms < placement.at_ms - KEPT_MS;
    if (gone || this.#byRun.size > SIGHTINGS_MAX) this.#byRun.delete(oldest[0]);
  }

  find(timetable: Timetable, run: Run): Sighting | undefined {
    return this.#byRun.get(runKey(timetable, run));
  }

  /** Whether the vehicles of a line report as a rule, so that one that was not seen did not drive. */
  isReported(timetable: Timetable, route: Route, now_ms: EpochMs): boolean {
    const known = this.#reported.get(route);
    if (known && Math.abs(now_ms - known.at_ms) < REPORTED_MS) return known.is;
    const is = this.#lookWhetherReported(timetable, route, now_ms);
    this.#reported.set(route, { at_ms: now_ms, is });
    return is;
  }

  #lookWhetherReported(timetable: Timetable, route: Route, now_ms: EpochMs): boolean {
    const begun = timetable.patterns
      .filter((pattern) => pattern.route.route_id === route.route_id)
      .flatMap((pattern) =>
        timetable.datesAround(now_ms).flatMap((date) => timetable.listRunsOn(pattern, date)),
      )
      .filter((run) => startOf(run) > now_ms - BEGAN_MS && startOf(run) < now_ms - BEGAN_MIN_MS);
    const seen = begun.filter((run) => this.#byRun.has(runKey(timetable, run))).length;
    return seen >= RUNS_MIN && seen >= REPORTS_SHARE * begun.length;
  }
}

/** Boards look up thousands of runs a second: a name is put together once, for as long as its run is there. */
const keys = new WeakMap<Run, { readonly feed: string; readonly key: string }>();

/** The name of a run among all feeds; versions of a feed share it. */
export function runKey({ feed }: Timetable, run: Run): string {
  const known = keys.get(run);
  if (known?.feed === feed) return known.key;
  const { trip, service_date, start_time = "" } = run;
  const key = `${feed}\t${service_date}\t${trip.trip_id}\t${start_time}`;
  keys.set(run, { feed, key });
  return key;
}
