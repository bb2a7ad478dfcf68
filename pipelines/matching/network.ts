import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { Pattern, Run, Timetable } from "@yardline/timetable/timetable";
import Flatbush from "flatbush";
import type { Fix } from "./fix.ts";
import { type Link, Links } from "./links.ts";
import { type TripOf, TripsByStart } from "./named-trip.ts";

/** How much earlier or later than its timetable a vehicle may be and still be looked for on a run. */
const SLACK = { early_s: 16 * 60, late_s: 75 * 60 };

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
  readonly #byStart: TripsByStart;
  readonly #links: ReadonlyMap<Timetable, Links>;
  #active: { readonly minute: number; readonly runs: ReadonlyMap<Pattern, readonly Run[]> } | undefined;

  constructor(timetables: readonly Timetable[]) {
    this.timetables = timetables;
    this.#byStart = new TripsByStart(timetables);
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

  /** A trip by the name that a source gives it, and the timetable that has it. */
  findTrip(trip_id: string): TripOf | undefined {
    for (const timetable of this.timetables) {
      const trip = timetable.trips.get(trip_id);
      if (trip) return { timetable, trip };
    }
    return undefined;
  }

  /** The trip that a fix's source names, by its id, or by line, direction and start. */
  findNamed(fix: Fix): TripOf | undefined {
    const byId = fix.trip_id === undefined ? undefined : this.findTrip(fix.trip_id);
    return byId ?? this.#byStart.find(fix);
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

  /** Runs under way in the minute of an instant, early and late vehicles allowed for, by their pattern. */
  runsActiveAt(at_ms: EpochMs): ReadonlyMap<Pattern, readonly Run[]> {
    const minute = Math.floor(at_ms / 60_000);
    if (this.#active?.minute !== minute) {
      const runs = new Map(
        this.timetables.flatMap((timetable) => [...timetable.runsActiveAt(minute * 60_000, SLACK)]),
      );
      this.#active = { minute, runs };
    }
    return this.#active.runs;
  }

  /** What a vehicle may drive after a run; see `Links`. */
  linksAfter({ timetable, run }: { readonly timetable: Timetable; readonly run: Run }): readonly Link[] {
    return this.#links.get(timetable)?.after(run) ?? [];
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
