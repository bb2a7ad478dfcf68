import type { Box } from "@yardline/domain/box";
import type { Polygon } from "@yardline/domain/camera";
import type { Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { hasMoved, movedShare } from "@yardline/rules/scene/shown";
import { VEHICLES } from "@yardline/rules/scene/vehicles";
import { standsIn } from "@yardline/rules/scene/zone";

/** One track, once it is over. */
export type Seen = {
  readonly label: Label;
  /** Best score and largest height (a share of the picture's) of its sightings. */
  readonly score: number;
  readonly height: number;
  readonly sightings: number;
  /** How far it came from where it was first seen, in its own sizes. */
  readonly moved: number;
};

/** What was seen in one zone. */
export type ZoneSeen = {
  /** People's stays from their first to their last sighting there; steps out of it up to 5 s do not end one. */
  readonly stays_s: readonly number[];
  /** The longest that each vehicle stood there. */
  readonly stands_s: readonly number[];
  /** Seconds during which so many people were there at once: by number, from 0. */
  readonly at_once_s: readonly number[];
  /** By number: how often at least so many were there for 10 s on end. */
  readonly crowds: readonly number[];
};

export type Observed = {
  readonly lasted_s: number;
  readonly seen: readonly Seen[];
  readonly zones: ReadonlyMap<string, ZoneSeen>;
  /** More tracks than are kept; the later ones are not in it. */
  readonly left_out: number;
};

/** As the rules' own defaults have it. */
const AWAY_MAX_MS = 5_000;
const CROWD_MS = 10_000;
const ROLLS_SHARE = 0.25;
/** More at once are counted as so many. */
const AT_ONCE_MAX = 50;
/** A day of a busy street. */
const TRACKS_MAX = 100_000;
/** Pictures further apart than this have nothing seen between them. */
const GAP_MAX_MS = 5_000;

type Visit = { readonly since_ms: EpochMs; until_ms: EpochMs };
type Stand = { place: Box; since_ms: EpochMs; longest_ms: number };

/** One zone while it is watched. */
class ZoneWatch {
  readonly polygon: Polygon | undefined;
  readonly stays_s: number[] = [];
  readonly stands_s: number[] = [];
  readonly at_once_s: number[] = Array.from({ length: AT_ONCE_MAX + 1 }, () => 0);
  readonly crowds: number[] = Array.from({ length: AT_ONCE_MAX + 1 }, () => 0);
  readonly #since_ms: (EpochMs | undefined)[] = [];
  readonly #visits = new Map<string, Visit>();
  readonly #stands = new Map<string, Stand>();

  constructor(polygon: Polygon | undefined) {
    this.polygon = polygon;
  }

  take(at_ms: EpochMs, passed_ms: number, tracks: readonly Track[]): void {
    const there = tracks.filter(({ state, last }) => state === "confirmed" && this.#holds(last.box));
    const people = there.filter(({ label }) => label === "person");
    const count = Math.min(AT_ONCE_MAX, people.length);
    this.at_once_s[count] = (this.at_once_s[count] ?? 0) + passed_ms / 1000;
    this.#countCrowds(count, at_ms);
    for (const track of there) {
      if (track.seen_at_ms !== at_ms) continue;
      if (track.label === "person") this.#stay(track);
      else if (VEHICLES.includes(track.label)) this.#stand(track);
    }
  }

  /** The track is over. @param kept false: it is forgotten. */
  leave(id: string, kept: boolean): void {
    const stand = this.#stands.get(id);
    if (kept) this.#endStay(id);
    if (kept && stand) this.stands_s.push(stand.longest_ms / 1000);
    this.#visits.delete(id);
    this.#stands.delete(id);
  }

  #holds(box: Box): boolean {
    return this.polygon === undefined || standsIn(this.polygon, box);
  }

  #stay({ id, seen_at_ms }: Track): void {
    const visit = this.#visits.get(id);
    if (visit && seen_at_ms - visit.until_ms <= AWAY_MAX_MS) visit.until_ms = seen_at_ms;
    else {
      this.#endStay(id);
      this.#visits.set(id, { since_ms: seen_at_ms, until_ms: seen_at_ms });
    }
  }

  #endStay(id: string): void {
    const visit = this.#visits.get(id);
    if (visit) this.stays_s.push((visit.until_ms - visit.since_ms) / 1000);
    this.#visits.delete(id);
  }

  #stand({ id, seen_at_ms, last }: Track): void {
    const stand = this.#stands.get(id) ?? { place: last.box, since_ms: seen_at_ms, longest_ms: 0 };
    this.#stands.set(id, stand);
    if (hasMoved(stand.place, last.box, ROLLS_SHARE)) {
      stand.place = last.box;
      stand.since_ms = seen_at_ms;
    }
    stand.longest_ms = Math.max(stand.longest_ms, seen_at_ms - stand.since_ms);
  }

  #countCrowds(count: number, at_ms: EpochMs): void {
    for (let number = 1; number <= AT_ONCE_MAX; number++) {
      const since_ms = this.#since_ms[number];
      if (count < number) this.#since_ms[number] = undefined;
      else if (since_ms === undefined) this.#since_ms[number] = at_ms;
      else if (Number.isFinite(since_ms) && at_ms - since_ms >= CROWD_MS) {
        this.crowds[number] = (this.crowds[number] ?? 0) + 1;
        // Counted once until there are fewer again.
        this.#since_ms[number] = Number.NEGATIVE_INFINITY;
      }
    }
  }
}

type Following = { readonly first: Box; seen: Seen };

/** Keeps of a recording's tracks what thresholds can be judged by: numbers alone, nothing of anybody. */
export class Observing {
  readonly #zones: ReadonlyMap<string, ZoneWatch>;
  readonly #following = new Map<string, Following>();
  readonly #seen: Seen[] = [];
  #left_out = 0;
  #start_ms: EpochMs | undefined;
  #at_ms: EpochMs = 0;

  /** @param zones by their names; the whole picture without a polygon. */
  constructor(zones: ReadonlyMap<string, Polygon | undefined>) {
    this.#zones = new Map([...zones].map(([id, polygon]) => [id, new ZoneWatch(polygon)]));
  }

  /** @param tracks those alive after the picture of that time, and those lost with it. */
  take(at_ms: EpochMs, tracks: readonly Track[]): void {
    const passed_ms = this.#start_ms === undefined ? 0 : at_ms - this.#at_ms;
    this.#start_ms ??= at_ms;
    this.#at_ms = at_ms;
    for (const zone of this.#zones.values())
      zone.take(at_ms, passed_ms <= GAP_MAX_MS ? passed_ms : 0, tracks);
    for (const track of tracks) {
      if (track.state === "lost") this.#over(track.id);
      else if (track.state === "confirmed" && track.seen_at_ms === at_ms) this.#see(track);
    }
  }

  end(): Observed {
    for (const id of [...this.#following.keys()]) this.#over(id);
    const zones = [...this.#zones].map(([id, { stays_s, stands_s, at_once_s, crowds }]) => {
      return [id, { stays_s, stands_s, at_once_s, crowds }] as const;
    });
    return {
      lasted_s: (this.#at_ms - (this.#start_ms ?? this.#at_ms)) / 1000,
      seen: this.#seen,
      zones: new Map(zones),
      left_out: this.#left_out,
    };
  }

  #see({ id, label, last, sightings }: Track): void {
    const known = this.#following.get(id);
    const first = known?.first ?? last.box;
    const seen: Seen = {
      label,
      score: Math.max(known?.seen.score ?? 0, last.score),
      height: Math.max(known?.seen.height ?? 0, last.box.bottom - last.box.top),
      sightings,
      moved: Math.max(known?.seen.moved ?? 0, movedShare(first, last.box)),
    };
    this.#following.set(id, { first, seen });
  }

  #over(id: string): void {
    const following = this.#following.get(id);
    if (!following) return;
    this.#following.delete(id);
    const kept = this.#seen.length < TRACKS_MAX;
    if (kept) this.#seen.push(following.seen);
    else this.#left_out += 1;
    for (const zone of this.#zones.values()) zone.leave(id, kept);
  }
}
