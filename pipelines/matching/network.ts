import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import {
  endOf,
  type Pattern,
  type Run,
  startOf,
  type Timetable,
  type Trip,
} from "@yardline/timetable/timetable";
import Flatbush from "flatbush";
import { type Link, Links, withoutCancelled } from "./links.ts";
import { NOTHING_ORDERED, type Ordered } from "./ordered.ts";

/** How much earlier or later than its timetable a vehicle may be and still be looked for on a run. */
export const SLACK = { early_s: 16 * 60, late_s: 75 * 60 };

const METRES_PER_DEGREE = 111_195;

/** A pattern with the timetable that it belongs to. */
export type Line = { readonly timetable: Timetable; readonly pattern: Pattern };

/** Everything that vehicles of a town may drive: all its timetables, with an index of where their lines run. */
export class Network {
  readonly timetables: readonly Timetable[];
  readonly #lines: readonly Line[];
  /** Which line each segment of the index belongs to. */
  readonly #owners: Uint32Array;
  readonly #segments: Flatbush;
  readonly #links: ReadonlyMap<Timetable, Links>;
  #ordered = NOTHING_ORDERED;
  #active: { readonly minute: number; readonly runs: ReadonlyMap<Pattern, readonly Run[]> } | undefined;

  constructor(timetables: readonly Timetable[]) {
    this.timetables = timetables;
    this.#links = new Map(timetables.map((timetable) => [timetable, new Links(timetable)]));
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

  /** A trip by the name that a source gives it, and the timetable that has it. */
  findTrip(trip_id: string): { readonly timetable: Timetable; readonly trip: Trip } | undefined {
    for (const timetable of this.timetables) {
      const trip = timetable.trips.get(trip_id);
      if (trip) return { timetable, trip };
    }
    return undefined;
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
      this.timetables.flatMap((timetable) =>
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
  linksAfter(
    { timetable, run }: { readonly timetable: Timetable; readonly run: Run },
    at_ms: EpochMs,
  ): readonly Link[] {
    const links = this.#links.get(timetable);
    if (!links) return [];
    return withoutCancelled(links, run, (next) => this.#ordered.isCancelled(timetable, next, at_ms));
  }

  /** The runs of trips that people assigned to a vehicle, which are or will be under way around an instant. */
  listAssigned(trip_ids: readonly string[], at_ms: EpochMs): readonly Run[] {
    const active = this.runsActiveAt(at_ms);
    return trip_ids.flatMap((trip_id) => {
      const trip = this.findTrip(trip_id)?.trip;
      return (trip && active.get(trip.pattern)?.filter((run) => run.trip === trip)) ?? [];
    });
  }
}
