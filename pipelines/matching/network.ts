import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { ServiceDate } from "@yardline/timetable/service-day";
import {
  apart_ms,
  endOf,
  type Pattern,
  type Run,
  startOf,
  type Timetable,
} from "@yardline/timetable/timetable";
import Flatbush from "flatbush";
import type { Fix } from "./fix.ts";
import { type Link, Links, withoutCancelled } from "./links.ts";
import { TripsByStart } from "./named-trip.ts";
import { NOTHING_ORDERED, type Ordered } from "./ordered.ts";

/** How much earlier or later than its timetable a vehicle may be and still be looked for on a run. */
export const SLACK = { early_s: 16 * 60, late_s: 75 * 60 };

const METRES_PER_DEGREE = 111_195;

/** A pattern with the timetable that it belongs to. */
export type Line = { readonly timetable: Timetable; readonly pattern: Pattern };

/** A run with the timetable that it is of. */
export type Driven = { readonly timetable: Timetable; readonly run: Run };

/**
 * Everything that vehicles of a town may drive: all its timetables, of some feeds more than one version, with an index of where
 * their lines run.
 */
export class Network {
  #timetables: readonly Timetable[] = [];
  #lines: readonly Line[] = [];
  /** Which line each segment of the index belongs to. */
  #owners = new Uint32Array();
  #segments = new Flatbush(1);
  #byStart = new TripsByStart([]);
  #links: ReadonlyMap<Timetable, Links> = new Map();
  #ordered = NOTHING_ORDERED;
  #active: { readonly minute: number; readonly runs: ReadonlyMap<Pattern, readonly Run[]> } | undefined;

  constructor(timetables: readonly Timetable[]) {
    this.follow(timetables);
  }

  get timetables(): readonly Timetable[] {
    return this.#timetables;
  }

  /** From now on these are what vehicles may drive; what is known of vehicles is carried over by `current`. */
  follow(timetables: readonly Timetable[]): void {
    this.#timetables = timetables;
    this.#active = undefined;
    this.#byStart = new TripsByStart(timetables);
    const links = this.#links;
    this.#links = new Map(timetables.map((each) => [each, links.get(each) ?? new Links(each)]));
    this.#lines = timetables.flatMap((timetable) =>
      timetable.patterns.map((pattern) => ({ timetable, pattern })),
    );
    const count = this.#lines.reduce((sum, { pattern }) => sum + pattern.path.corners.length - 1, 0);
    this.#owners = new Uint32Array(count);
    this.#segments = new Flatbush(Math.max(1, count));
    if (count === 0) this.#segments.add(0, 0, 0, 0);
    for (const [owner, { pattern }] of this.#lines.entries()) this.#add(owner, pattern.path.corners);
    this.#segments.finish();
  }

  #add(owner: number, corners: readonly LatLon[]): void {
    for (const [i, b] of corners.entries()) {
      const a = corners[i - 1];
      if (!a) continue;
      const at = this.#segments.add(
        Math.min(a.longitude, b.longitude),
        Math.min(a.latitude, b.latitude),
        Math.max(a.longitude, b.longitude),
        Math.max(a.latitude, b.latitude),
      );
      this.#owners[at] = owner;
    }
  }

  /** What people ordered about what vehicles drive. */
  get ordered(): Ordered {
    return this.#ordered;
  }

  /** From now on every answer, whatever instant it is about, is by these orders. */
  heed(ordered: Ordered): void {
    this.#ordered = ordered;
    this.#active = undefined;
  }

  /**
   * The run meant by a source that names its trip, as `Timetable.runNearest` finds it: of several feeds or versions that have
   * such a trip, in the one that holds for its day, and there the nearest in time.
   */
  findRun(trip_id: string, at_ms: EpochMs, start_date?: ServiceDate): Driven | undefined {
    const driven = this.#timetables.flatMap((timetable) => {
      const trip = timetable.trips.get(trip_id);
      return trip ? [{ timetable, run: timetable.runNearest(trip, at_ms, start_date) }] : [];
    });
    const held = driven.filter(({ timetable, run }) => timetable.holdsOn(run.service_date));
    const nearest = (held.length > 0 ? held : driven.slice(-1)).toSorted(
      (a, b) => apart_ms(a.run, at_ms) - apart_ms(b.run, at_ms),
    );
    return nearest[0];
  }

  /**
   * A run as it is followed now: itself while its version holds for its day, else the run of the same trip with the same stops
   * in the version that does.
   */
  current({ timetable, run }: Driven): Driven | undefined {
    const { service_date, start_time, trip } = run;
    if (timetable.holdsOn(service_date)) return { timetable, run };
    const holder = this.#timetables.find(
      ({ feed, holdsOn }) => feed === timetable.feed && holdsOn(service_date),
    );
    if (holder && trip.added) {
      const copies = this.#ordered.listAdded(endOf(run));
      const copy = copies.find((each) => each.trip.trip_id === trip.trip_id);
      return copy && hasSameStops(copy.trip.pattern, trip.pattern)
        ? { timetable: holder, run: copy }
        : undefined;
    }
    const now = holder?.trips.get(trip.trip_id);
    if (!holder || !now || !hasSameStops(now.pattern, trip.pattern)) return undefined;
    const runs = holder.listRunsOn(now.pattern, service_date);
    const same = runs.find((each) => each.trip === now && each.start_time === start_time);
    return same && { timetable: holder, run: same };
  }

  /** The run that a fix's source names, by the trip's id, or by line, direction and start. */
  findNamed(fix: Fix): Driven | undefined {
    const { trip_id, at_ms, start_date } = fix;
    const byId = trip_id === undefined ? undefined : this.findRun(trip_id, at_ms, start_date);
    if (byId) return byId;
    const named = this.#byStart.find(fix);
    return (
      named && { timetable: named.timetable, run: named.timetable.runNearest(named.trip, at_ms, start_date) }
    );
  }

  /** Lines that come by within (about) a distance, in the order of the timetables. */
  listLinesNear({ latitude, longitude }: LatLon, within_m: number): readonly Line[] {
    const north = within_m / METRES_PER_DEGREE;
    const east = north / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
    const hits = this.#segments.search(
      longitude - east,
      latitude - north,
      longitude + east,
      latitude + north,
    );
    const owners = new Set(hits.map((hit) => this.#owners[hit] ?? 0));
    return [...owners].sort((a, b) => a - b).flatMap((owner) => this.#lines[owner] ?? []);
  }

  /** Runs under way in the minute of an instant, early and late vehicles allowed for, by their pattern: those that orders leave. */
  runsActiveAt(at_ms: EpochMs): ReadonlyMap<Pattern, readonly Run[]> {
    const minute = Math.floor(at_ms / 60_000);
    if (this.#active?.minute !== minute)
      this.#active = { minute, runs: this.#ordersAllowAt(minute * 60_000) };
    return this.#active.runs;
  }

  #ordersAllowAt(at_ms: EpochMs): ReadonlyMap<Pattern, readonly Run[]> {
    const runs = new Map(
      this.#timetables.flatMap((timetable) =>
        [...timetable.runsActiveAt(at_ms, SLACK)].map(([pattern, planned]) => {
          const left = planned.filter((run) => !this.#ordered.isCancelled(timetable, run, at_ms));
          return [pattern, left] as const;
        }),
      ),
    );
    for (const run of this.#ordered.listAdded(at_ms)) {
      const isActive =
        startOf(run) - SLACK.early_s * 1000 <= at_ms && at_ms <= endOf(run) + SLACK.late_s * 1000;
      const { pattern } = run.trip;
      if (isActive) runs.set(pattern, [...(runs.get(pattern) ?? []), run]);
    }
    return runs;
  }

  /** What a vehicle may drive after a run, as things are at an instant; see `Links`. */
  linksAfter({ timetable, run }: Driven, at_ms: EpochMs): readonly Link[] {
    const links = this.#links.get(timetable);
    if (!links) return [];
    return withoutCancelled(links, run, (next) => this.#ordered.isCancelled(timetable, next, at_ms));
  }

  /** The runs of trips that people assigned to a vehicle, which are or will be under way around an instant. */
  listAssigned(trip_ids: readonly string[], at_ms: EpochMs): readonly Run[] {
    const active = this.runsActiveAt(at_ms);
    return trip_ids.flatMap((trip_id) => {
      const trips = this.#timetables.flatMap(({ trips }) => trips.get(trip_id) ?? []);
      return trips.flatMap((trip) => active.get(trip.pattern)?.filter((run) => run.trip === trip) ?? []);
    });
  }
}

/** Whether two patterns, perhaps of two versions of a feed, call at the same stops in the same order. */
export function hasSameStops(a: Pattern, b: Pattern): boolean {
  return (
    a === b || (a.stops.length === b.stops.length && a.stops.every((stop, i) => isSame(stop, b.stops[i])))
  );
}

function isSame(a: { readonly stop_id: string }, b: { readonly stop_id: string } | undefined): boolean {
  return a.stop_id === b?.stop_id;
}
