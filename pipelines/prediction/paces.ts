import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import type { Pattern } from "@yardline/timetable/timetable";
import type { Leg } from "./drive.ts";

/** How far the time that a stretch takes strays from the timetable's, as a share of it (0.1 takes a tenth longer), and how sure that is. */
type Factor = { excess: number; variance: number; learnt_at_ms: EpochMs };

type OnRun = Pick<Placement, "timetable" | "run">;

/** What a vehicle drove between two fixes. */
export type Span = OnRun & {
  readonly legs: readonly Leg[];
  readonly took_ms: number;
  /** How much later than expected it came to the end; negative when earlier. */
  readonly late_ms: number;
  readonly at_ms: EpochMs;
};

/** Before anything is learnt, links stray from the timetable by some 40 % (its times between timepoints are mostly interpolated) … */
const LINK_VARIANCE = 0.15;
/** … and may change: so much of that variance comes back an hour, which is what lets recent vehicles weigh more. */
const LINK_FORGETS_PER_H = 0.02;
/** All streets together, by traffic and weather: some 5 %, forgotten by two thirds in three hours. */
const TOWN_VARIANCE = 0.0025;
const TOWN_FADES_MS = 3 * 3_600_000;
/** Variance of one observation: 20 s for where fixes happen to fall, and what chance (lights, doors) adds with each second. */
const NOISE_S2 = 400;
const NOISE_S2_PER_S = 20;
/** What surprises by more than so many deviations counts as so many: a breakdown says little of the street. */
const SURPRISE_MAX = 2;
/** A vehicle that takes so many times the timetable's time, or that share of it, counts as no slower, or faster. */
const STRETCHED_MAX = 6;
/** What is believed of a link at most, however it was learnt. */
const EXCESS_MIN = -0.6;
const EXCESS_MAX = 3;
/** Links kept: ten large cities' worth; what comes beyond keeps to its timetable. */
const LINKS_MAX = 200_000;

/**
 * What vehicles lately showed of how long streets take against the timetable: one factor for each link (a stop and the next, shared
 * by all lines that drive it) and one for the town as a whole. A Kalman filter with a diagonal covariance: links seldom driven stay
 * near the timetable, well-known ones move little, and one that was not driven for long learns fast again. The same spans in the
 * same order always give the same paces.
 */
export class Paces {
  readonly #links = new Map<string, Factor>();
  readonly #ofPatterns = new WeakMap<Pattern, readonly (Factor | undefined)[]>();
  readonly #town: Factor = { excess: 0, variance: TOWN_VARIANCE, learnt_at_ms: 0 };
  readonly #links_max: number;

  constructor(links_max = LINKS_MAX) {
    this.#links_max = links_max;
  }

  /** By which share the drive to each stop of a run is expected to take longer than the timetable has it. */
  excessesOn(on: OnRun, now_ms: EpochMs): (stop: number) => number {
    const links = this.#linksOn(on);
    const town = this.#town.excess * townKept(this.#town, now_ms);
    return (stop) => Math.min(EXCESS_MAX, Math.max(EXCESS_MIN, (links[stop]?.excess ?? 0) + town));
  }

  /**
   * Shares the surprise of a span between the factors that explain it, by how unsure each is. The weights go by the time the span
   * took, not by the timetable's: reports come by the clock, so slow vehicles make many short spans and fast ones few long ones,
   * and weights by distance would believe the fast ones more (measured: predictions 5 % too early).
   */
  learn(span: Span): void {
    const { legs, took_ms, late_ms, at_ms } = span;
    const due_ms = legs.reduce((sum, { driving_ms }) => sum + driving_ms, 0);
    if (due_ms <= 0) return;
    const slower = Math.min(STRETCHED_MAX, Math.max(1 / STRETCHED_MAX, took_ms / due_ms));
    const links = this.#linksOn(span);
    fade(this.#town, at_ms);
    const parts = [{ factor: this.#town, weight_s: (slower * due_ms) / 1000 }];
    for (const { stop, driving_ms } of legs) {
      const factor = links[stop];
      if (!factor) continue;
      remember(factor, at_ms);
      parts.push({ factor, weight_s: (slower * driving_ms) / 1000 });
    }
    const doubt_s2 = parts.reduce((sum, { factor, weight_s }) => sum + factor.variance * weight_s ** 2, 0);
    const variance_s2 = doubt_s2 + NOISE_S2 + (NOISE_S2_PER_S * took_ms) / 1000;
    const most_s = SURPRISE_MAX * Math.sqrt(variance_s2);
    const surprise_s = Math.min(most_s, Math.max(-most_s, late_ms / 1000));
    for (const { factor, weight_s } of parts) {
      const gain = (factor.variance * weight_s) / variance_s2;
      factor.excess += gain * surprise_s;
      factor.variance *= 1 - gain * weight_s;
    }
  }

  /** The factor of the link that ends at each stop of a run; none at its first. */
  #linksOn({ timetable: { feed }, run }: OnRun): readonly (Factor | undefined)[] {
    const { pattern } = run.trip;
    const known = this.#ofPatterns.get(pattern);
    if (known) return known;
    const links = pattern.stops.map(({ stop_id }, stop) =>
      stop === 0 ? undefined : this.#link(JSON.stringify([feed, pattern.stops[stop - 1]?.stop_id, stop_id])),
    );
    this.#ofPatterns.set(pattern, links);
    return links;
  }

  #link(key: string): Factor | undefined {
    const known = this.#links.get(key);
    if (known || this.#links.size >= this.#links_max) return known;
    const link = { excess: 0, variance: LINK_VARIANCE, learnt_at_ms: 0 };
    this.#links.set(key, link);
    return link;
  }
}

/** What is known of a link holds, but less surely as time goes by. */
function remember(link: Factor, at_ms: EpochMs): void {
  const idle_h = Math.max(0, at_ms - link.learnt_at_ms) / 3_600_000;
  link.variance = Math.min(LINK_VARIANCE, link.variance + LINK_VARIANCE * LINK_FORGETS_PER_H * idle_h);
  link.learnt_at_ms = Math.max(link.learnt_at_ms, at_ms);
}

/** What is known of the town as a whole goes back to the timetable. */
function fade(town: Factor, at_ms: EpochMs): void {
  const kept = townKept(town, at_ms);
  town.excess *= kept;
  town.variance = TOWN_VARIANCE + (town.variance - TOWN_VARIANCE) * kept ** 2;
  town.learnt_at_ms = Math.max(town.learnt_at_ms, at_ms);
}

function townKept({ learnt_at_ms }: Factor, at_ms: EpochMs): number {
  return Math.exp(-Math.max(0, at_ms - learnt_at_ms) / TOWN_FADES_MS);
}
