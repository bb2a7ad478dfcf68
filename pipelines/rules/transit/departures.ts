import type { EpochMs } from "@yardline/domain/time";
import { departureOf, type Run, type Timetable } from "@yardline/timetable/timetable";
import type { Headway } from "./fleet-rule.ts";

export type Departure = {
  readonly at_ms: EpochMs;
  readonly run: Run;
  readonly stop: number;
  readonly vehicle_id: string;
};

/** The departures of one line and direction from one stop on one service day: those of the timetable, and those that were seen. */
export class Departures {
  /** Rising. */
  readonly #planned: readonly EpochMs[];
  /** In the order of `compare`. */
  readonly #seen: Departure[] = [];

  constructor(timetable: Timetable, { run, stop }: Departure) {
    this.#planned = plannedDepartures(timetable, run, stop);
  }

  /** @returns the departures whose headway is another one now: this one and the one behind it. */
  add(departure: Departure): readonly Departure[] {
    const at = this.#placeOf(departure);
    this.#seen.splice(at, 0, departure);
    return this.#seen.slice(at, at + 2);
  }

  /** @returns the departure behind it, whose headway is another one now. */
  remove(departure: Departure): readonly Departure[] {
    const at = this.#placeOf(departure);
    if (this.#seen[at] && compare(this.#seen[at], departure) === 0) this.#seen.splice(at, 1);
    return this.#seen.slice(at, at + 1);
  }

  headwayOf(departure: Departure): Headway | undefined {
    const ahead = this.#seen[this.#placeOf(departure) - 1];
    if (!ahead) return undefined;
    const due_ms = departureOf(departure.run, departure.stop);
    const at = lowerBound(this.#planned, due_ms);
    const before_ms = this.#planned[at - 1];
    // Of two that are planned for the same minute neither follows the other.
    const isDouble = this.#planned[at + 1] === due_ms;
    const behind = lowerBound(this.#planned, departureOf(ahead.run, ahead.stop) + 1);
    return {
      ahead: { run: ahead.run, vehicle_id: ahead.vehicle_id },
      headway_s: Math.round((departure.at_ms - ahead.at_ms) / 1000),
      ...(before_ms !== undefined && !isDouble && { planned_headway_s: (due_ms - before_ms) / 1000 }),
      skipped: Math.max(0, at - behind),
    };
  }

  #placeOf(departure: Departure): number {
    let low = 0;
    let high = this.#seen.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const seen = this.#seen[middle];
      if (seen && compare(seen, departure) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function plannedDepartures(timetable: Timetable, run: Run, stop: number): readonly EpochMs[] {
  const { pattern, direction_id } = run.trip;
  return timetable
    .listCallsAt(pattern.stops[stop]?.stop_id ?? "")
    .filter((call) => call.pattern.route === pattern.route && call.stop < call.pattern.stops.length - 1)
    .flatMap((call) =>
      timetable
        .listRunsOn(call.pattern, run.service_date)
        .filter(({ trip }) => trip.direction_id === direction_id)
        .map((planned) => departureOf(planned, call.stop)),
    )
    .sort((a, b) => a - b);
}

/** By time; a total order, so that it never matters which of two came first. */
function compare(a: Departure, b: Departure): number {
  return a.at_ms - b.at_ms || compareText(nameOf(a), nameOf(b));
}

function nameOf({ run, stop, vehicle_id }: Departure): string {
  return JSON.stringify([run.trip.trip_id, run.start_time ?? "", stop, vehicle_id]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many of rising instants are before one. */
function lowerBound(rising: readonly EpochMs[], at_ms: EpochMs): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < at_ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
