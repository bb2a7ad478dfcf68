import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { TripRun } from "@yardline/domain/trip-run";
import { successorsOf } from "./blocks.ts";
import { Calendar, type CalendarTables } from "./calendar.ts";
import type { Notice } from "./notices.ts";
import { type Path, type Plane, planeAround } from "./path.ts";
import { dateAt, dayAfter, originOf, type ServiceDate, timeText } from "./service-day.ts";

export type Stop = LatLon & {
  readonly stop_id: string;
  readonly stop_name: string;
  readonly stop_code?: string;
};

export type Route = {
  readonly route_id: string;
  readonly route_short_name: string;
  readonly route_long_name: string;
  readonly route_type: number;
  /** Six hex digits without `#`. */
  readonly route_color: string;
};

/** Trips of one route that call at the same stops along the same line. */
export type Pattern = {
  /** Counted from 0 within its timetable. */
  readonly index: number;
  readonly route: Route;
  readonly path: Path;
  /** Whether the feed draws the line; else it runs straight from stop to stop, and vehicles are seen far beside it. */
  readonly drawn: boolean;
  readonly stops: readonly Stop[];
  /** As in stop_times.txt: rising, not always by one. */
  readonly stop_sequences: readonly number[];
  /** Where each stop lies along the path; never falls. */
  readonly stop_at_m: Float64Array;
};

export type Trip = {
  readonly trip_id: string;
  readonly service_id: string;
  readonly trip_headsign?: string;
  readonly block_id?: string;
  readonly direction_id?: number;
  readonly pattern: Pattern;
  /** Seconds since the service day's origin, one a stop, never falling. */
  readonly arrival_s: Int32Array;
  readonly departure_s: Int32Array;
  /** First departures in seconds, where the trip is driven by headway (frequencies.txt); its own times are then only a model. */
  readonly starts_s: readonly number[];
  /** Whether those departures are kept to the minute (`exact_times` 1), or only the headway is. */
  readonly exact: boolean;
  /** True for one that people added to the timetable. */
  readonly added?: true;
};

/** One trip on one service day: what a vehicle really drives. */
export type Run = {
  readonly trip: Trip;
  readonly service_date: ServiceDate;
  /** First departure, only where the trip is driven by headway. */
  readonly start_time?: string;
  /** The instant from which the trip's seconds count on this run. */
  readonly origin_ms: EpochMs;
};

/** A pattern's call at a stop: the `stop`-th of the pattern, counted from 0. */
export type PatternCall = { readonly pattern: Pattern; readonly stop: number };

/** First and last service day of something. */
export type Span = { readonly first: ServiceDate; readonly last: ServiceDate };

/** All that is read of a feed: plain data, which a thread can hand over. */
export type TimetableContents = {
  readonly feed: string;
  readonly timezone: string;
  readonly agency_ids: ReadonlySet<string>;
  /** Where the flat map of it has its origin. */
  readonly middle: LatLon;
  readonly stops: ReadonlyMap<string, Stop>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly trips: ReadonlyMap<string, Trip>;
  readonly patterns: readonly Pattern[];
  readonly calendar: CalendarTables;
  /** Trips whose vehicle drives another one next (transfers.txt, in-seat), by trip_id. */
  readonly continuations: ReadonlyMap<string, readonly string[]>;
  /** What feed_info.txt says, where it does. */
  readonly stated: Partial<Span> & { readonly feed_version?: string };
  readonly notices: readonly Notice[];
};

/** How much earlier or later than its timetable a run is still looked for. */
export type Slack = { readonly early_s: number; readonly late_s: number };

const NO_RUNS: ReadonlyMap<Pattern, readonly Run[]> = new Map();

/** Service days whose runs are kept ready; the oldest asked for goes first. */
const DAYS_KEPT_MAX = 8;
const QUARTER_MS = 900_000;

/**
 * A GTFS feed in memory. Everything of one trip that repeats (stops, line) is shared by its pattern.
 * Where a newer version of the feed is in use beside it, it has runs on the service days only for which it holds (`confine`).
 */
export class Timetable {
  readonly feed: string;
  /** IANA name. */
  readonly timezone: string;
  readonly agency_ids: ReadonlySet<string>;
  readonly middle: LatLon;
  readonly plane: Plane;
  readonly stops: ReadonlyMap<string, Stop>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly trips: ReadonlyMap<string, Trip>;
  readonly patterns: readonly Pattern[];
  /** What was wrong with single rows of the feed. */
  readonly notices: readonly Notice[];
  /** The days for which it is meant: by feed_info.txt, else by its calendars. */
  readonly validity: Span;
  readonly feed_version: string | undefined;
  readonly #calendar: Calendar;
  readonly #continuations: ReadonlyMap<string, readonly string[]>;
  readonly #calls: ReadonlyMap<string, readonly PatternCall[]>;
  readonly #days = new Map<ServiceDate, ReadonlyMap<Pattern, readonly Run[]>>();
  readonly #successors = new Map<ServiceDate, ReadonlyMap<Trip, Run>>();
  /** The dates around the instant that was asked about last. */
  #around: { from_ms: EpochMs; to_ms: EpochMs; dates: readonly ServiceDate[] } = {
    from_ms: 0,
    to_ms: 0,
    dates: [],
  };
  readonly #origins = new Map<ServiceDate, EpochMs>();

  #holdsOn: (date: ServiceDate) => boolean = () => true;

  constructor(contents: TimetableContents) {
    this.feed = contents.feed;
    this.timezone = contents.timezone;
    this.agency_ids = contents.agency_ids;
    this.middle = contents.middle;
    this.plane = planeAround(contents.middle);
    this.stops = contents.stops;
    this.routes = contents.routes;
    this.trips = contents.trips;
    this.patterns = contents.patterns;
    this.notices = contents.notices;
    this.#calendar = new Calendar(contents.calendar);
    this.#continuations = contents.continuations;
    const { feed_version, ...stated } = contents.stated;
    this.validity = { ...this.#calendar.span, ...stated };
    this.feed_version = feed_version;
    this.#calls = Map.groupBy(
      this.patterns.flatMap((pattern) => pattern.stops.map((_, stop) => ({ pattern, stop }))),
      ({ pattern, stop }) => pattern.stops[stop]?.stop_id ?? "",
    );
  }

  /** Whether its runs of a service day are the ones that are driven. */
  readonly holdsOn = (date: ServiceDate): boolean => this.#holdsOn(date);

  /** Leaves other service days to other versions of the feed. Runs that somebody holds already stay what they are. */
  confine(holdsOn: (date: ServiceDate) => boolean): void {
    this.#holdsOn = holdsOn;
  }

  /** Which patterns call at a stop; none at one that no trip visits. */
  listCallsAt(stop_id: string): readonly PatternCall[] {
    return this.#calls.get(stop_id) ?? [];
  }

  /** The runs of a pattern on a service day, by first departure. */
  listRunsOn(pattern: Pattern, date: ServiceDate): readonly Run[] {
    return this.#runsOn(date).get(pattern) ?? [];
  }

  /** What the vehicle of a run drives next, by its block; undefined after the last one, and where the feed names no blocks. */
  findNextInBlock({ trip, service_date }: Run): Run | undefined {
    const known = this.#successors.get(service_date);
    if (known) return known.get(trip);
    const runs = [...this.#runsOn(service_date).values()].flat();
    const successors = successorsOf(runs, this.#continuations);
    if (this.#successors.size >= DAYS_KEPT_MAX) {
      this.#successors.delete(this.#successors.keys().next().value ?? "");
    }
    this.#successors.set(service_date, successors);
    return successors.get(trip);
  }

  /** Runs under way at an instant by their pattern, allowing for vehicles that are early or late. */
  runsActiveAt(at_ms: EpochMs, slack: Slack): ReadonlyMap<Pattern, readonly Run[]> {
    const active = this.datesAround(at_ms).flatMap((date) =>
      [...this.#runsOn(date).values()].flatMap((runs) => runs.filter((run) => isActive(run, at_ms, slack))),
    );
    return Map.groupBy(active, ({ trip }) => trip.pattern);
  }

  #runsOn(date: ServiceDate): ReadonlyMap<Pattern, readonly Run[]> {
    return this.#holdsOn(date) ? this.plannedOn(date) : NO_RUNS;
  }

  /** The runs of a service day by its calendars, whichever version of the feed holds then. */
  plannedOn(date: ServiceDate): ReadonlyMap<Pattern, readonly Run[]> {
    const known = this.#days.get(date);
    if (known) return known;
    const services = this.#calendar.servicesOn(date);
    const runs = [...this.trips.values()]
      .filter(({ service_id }) => services.has(service_id))
      .flatMap((trip) => this.listRunsOf(trip, date))
      .sort((a, b) => startOf(a) - startOf(b));
    const byPattern = Map.groupBy(runs, ({ trip }) => trip.pattern);
    if (this.#days.size >= DAYS_KEPT_MAX) this.#days.delete(this.#days.keys().next().value ?? "");
    this.#days.set(date, byPattern);
    return byPattern;
  }

  /** The runs of one trip on a day, whatever the calendar says: one, or one a departure where it is driven by headway. */
  listRunsOf(trip: Trip, date: ServiceDate): readonly Run[] {
    const origin_ms = this.#originOf(date);
    if (trip.starts_s.length === 0) return [{ trip, service_date: date, origin_ms }];
    return trip.starts_s.map((start_s) => ({
      trip,
      service_date: date,
      start_time: timeText(start_s),
      origin_ms: origin_ms + (start_s - (trip.departure_s[0] ?? 0)) * 1000,
    }));
  }

  /**
   * The run meant by a report that names its trip: on the day it states, else the one nearest in time among yesterday's,
   * today's and tomorrow's, those days before others for which this version holds. The report is believed over the calendar.
   */
  runNearest(trip: Trip, at_ms: EpochMs, start_date?: ServiceDate): Run {
    const around = start_date === undefined ? this.datesAround(at_ms) : [start_date];
    const held = around.filter(this.holdsOn);
    const runs = (held.length > 0 ? held : around).flatMap((date) => this.listRunsOf(trip, date));
    return runs.reduce((best, run) => (apart_ms(run, at_ms) < apart_ms(best, at_ms) ? run : best));
  }

  /** Yesterday, today and tomorrow of an instant. */
  datesAround(at_ms: EpochMs): readonly ServiceDate[] {
    if (at_ms >= this.#around.from_ms && at_ms < this.#around.to_ms) return this.#around.dates;
    const today = dateAt(at_ms, this.timezone);
    const dates = [dayAfter(today, -1), today, dayAfter(today, 1)];
    // Boards ask thousands of times a second: what is so of an instant is so of all in its quarter of an hour, in any zone.
    const from_ms = Math.floor(at_ms / QUARTER_MS) * QUARTER_MS;
    this.#around = { from_ms, to_ms: from_ms + QUARTER_MS, dates };
    return dates;
  }

  #originOf(date: ServiceDate): EpochMs {
    const known = this.#origins.get(date);
    if (known !== undefined) return known;
    const origin_ms = originOf(date, this.timezone);
    if (this.#origins.size >= DAYS_KEPT_MAX) this.#origins.delete(this.#origins.keys().next().value ?? "");
    this.#origins.set(date, origin_ms);
    return origin_ms;
  }
}

/** Scheduled arrival of a run at its i-th stop. */
export function arrivalOf(run: Run, i: number): EpochMs {
  return run.origin_ms + (run.trip.arrival_s[i] ?? 0) * 1000;
}

/** Scheduled departure of a run from its i-th stop. */
export function departureOf(run: Run, i: number): EpochMs {
  return run.origin_ms + (run.trip.departure_s[i] ?? 0) * 1000;
}

/** Scheduled first departure. */
export function startOf(run: Run): EpochMs {
  return departureOf(run, 0);
}

/** Scheduled last arrival. */
export function endOf(run: Run): EpochMs {
  return arrivalOf(run, run.trip.arrival_s.length - 1);
}

/** The name of a run that everything else speaks. */
export function tripRunOf(feed: string, { trip, service_date, start_time }: Run): TripRun {
  return {
    feed,
    service_date,
    trip_id: trip.trip_id,
    ...(start_time !== undefined && { start_time }),
    route_id: trip.pattern.route.route_id,
    ...(trip.added && { added: true }),
  };
}

/** How long before its start or after its end an instant is; 0 within. */
export function apart_ms(run: Run, at_ms: EpochMs): number {
  return Math.max(0, startOf(run) - at_ms, at_ms - endOf(run));
}

function isActive(run: Run, at_ms: EpochMs, { early_s, late_s }: Slack): boolean {
  return startOf(run) - early_s * 1000 <= at_ms && at_ms <= endOf(run) + late_s * 1000;
}
