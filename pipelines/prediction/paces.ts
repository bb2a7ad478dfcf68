import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { weekdayOf } from "@yardline/timetable/service-day";
import type { Pattern } from "@yardline/timetable/timetable";
import type { Leg } from "./drive.ts";
import { type Factor, Factors, type KeptFactor } from "./factors.ts";

type OnRun = Pick<Placement, "timetable" | "run">;

/** What a vehicle drove between two fixes. */
export type Span = OnRun & {
  readonly legs: readonly Leg[];
  readonly took_ms: number;
  /** How much later than expected it came to the end; negative when earlier. */
  readonly late_ms: number;
  readonly at_ms: EpochMs;
};

/** What the paces know, to be kept: see `Factors.list`. */
export type KeptPaces = {
  readonly links: readonly KeptFactor[];
  readonly times: readonly KeptFactor[];
  readonly stops: readonly KeptFactor[];
  readonly town: readonly KeptFactor[];
};

/** Links kept: ten large cities' worth, with twice as many links at a time of day and half as many stops. What comes beyond keeps to its timetable. */
const LINKS_MAX = 200_000;
/** Links stray from the timetable by some 40 %: its times between timepoints are mostly interpolated. */
const LINK = { variance: 0.12, forgets_per_h: 0.02 };
/** At some time of the day a link strays further, by some 15 %. */
const TIME = { variance: 0.02, forgets_per_h: 0.002 };
/** A stop takes so many seconds squared more or less than the timetable allows for: doors, lights, passengers. */
const STOP = { variance: 25, forgets_per_h: 0.02 };
/** What all stops of a town have in common, and all its streets at one hour of the day. */
const STOPPING = { variance: 4, forgets_per_h: 0.02, count_max: 1 };
const HOUR = { variance: 0.0003, forgets_per_h: 0.002, count_max: 48 };
/** All streets together now, by traffic and weather: some 5 %, forgotten by two thirds in an hour. */
const TOWN_VARIANCE = 0.0025;
const TOWN_FADES_MS = 3_600_000;
/** Variance of one observation: 20 s for where fixes happen to fall, and what chance (lights, doors) adds with each second. */
const NOISE_S2 = 400;
const NOISE_S2_PER_S = 20;
/** What surprises by more than so many deviations counts as so many: a breakdown says little of the street. */
const SURPRISE_MAX = 2;
/** A vehicle that takes so many times the timetable's time, or that share of it, counts as no slower, or faster. */
const STRETCHED_MAX = 6;
/** What is believed of a link at most, and of a stop, however it was learnt. */
const EXCESS_MIN = -0.6;
const EXCESS_MAX = 3;
const STANDS_MAX_S = 120;
/** Hours of the day that share what is known of a link. */
const TIME_H = 3;

/** What is known of the way to one stop of a pattern, and of the stop. */
type Way = {
  readonly link: Factor | undefined;
  readonly stop: Factor | undefined;
  readonly times: (Factor | undefined)[];
};

/**
 * What vehicles showed of how long streets take against the timetable. A leg takes, beyond the timetable's time t,
 *   t · (link + link at this time of day + town at this hour + town now)  +  stop + stopping,
 * where a link is a stop and the next, shared by all lines that drive it, and a stop is shared by all that call at it. A Kalman filter
 * with a diagonal covariance (each surprise is shared between the factors by how unsure they are): links seldom driven stay near the
 * timetable, well-known ones move little, and one that was not driven for long learns fast again. The same spans in the same order
 * always give the same paces.
 */
export class Paces {
  readonly #links: Factors;
  readonly #times: Factors;
  readonly #stops: Factors;
  readonly #hours = new Factors(HOUR);
  readonly #stoppings = new Factors(STOPPING);
  readonly #town: Factor = { value: 0, variance: TOWN_VARIANCE, learnt_at_ms: 0 };
  readonly #ways = new WeakMap<Pattern, readonly Way[]>();
  readonly #weekends = new Map<string, boolean>();
  /** Hours of workdays, then of weekends. */
  readonly #hoursOfDays: (Factor | undefined)[] = [];

  constructor(links_max = LINKS_MAX) {
    this.#links = new Factors({ ...LINK, count_max: links_max });
    this.#times = new Factors({ ...TIME, count_max: 2 * links_max });
    this.#stops = new Factors({ ...STOP, count_max: links_max / 2 });
  }

  /** By how many milliseconds each leg of a run is expected to take longer than the timetable has it. */
  extrasOn(on: OnRun, now_ms: EpochMs): (leg: Leg) => number {
    const ways = this.#waysOn(on);
    const town = this.#town.value * townKept(this.#town, now_ms);
    const stopping = this.#stoppings.find("")?.value ?? 0;
    return (leg) => {
      const way = ways[leg.stop];
      const excess =
        (way?.link?.value ?? 0) +
        (this.#timeOf(on, leg, way)?.value ?? 0) +
        (this.#hourOf(on, leg)?.value ?? 0) +
        town;
      const stands_s = leg.whole ? (way?.stop?.value ?? 0) + stopping : 0;
      return (
        leg.driving_ms * within(EXCESS_MIN, EXCESS_MAX, excess) +
        1000 * within(-STANDS_MAX_S, STANDS_MAX_S, stands_s)
      );
    };
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
    const parts = this.#partsOf(
      span,
      within(1 / STRETCHED_MAX, STRETCHED_MAX, took_ms / due_ms),
      due_ms,
      at_ms,
    );
    const doubt_s2 = parts.reduce((sum, { factor, weight }) => sum + factor.variance * weight ** 2, 0);
    const variance_s2 = doubt_s2 + NOISE_S2 + (NOISE_S2_PER_S * took_ms) / 1000;
    const most_s = SURPRISE_MAX * Math.sqrt(variance_s2);
    const surprise_s = within(-most_s, most_s, late_ms / 1000);
    for (const { factor, weight } of parts) {
      const gain = (factor.variance * weight) / variance_s2;
      factor.value += gain * surprise_s;
      factor.variance *= 1 - gain * weight;
    }
  }

  /** What is worth keeping over a restart and a night; what the town is like just now is not. */
  keep(now_ms: EpochMs): KeptPaces {
    return {
      links: this.#links.list(now_ms),
      times: this.#times.list(now_ms),
      stops: this.#stops.list(now_ms),
      town: [...this.#stoppings.list(now_ms), ...this.#hours.list(now_ms)],
    };
  }

  /** Takes over what was kept so long ago, before anything is learnt. */
  restore({ links, times, stops, town }: KeptPaces, age_ms: number): void {
    this.#links.restore(links, age_ms);
    this.#times.restore(times, age_ms);
    this.#stops.restore(stops, age_ms);
    this.#stoppings.restore(
      town.filter(([key]) => key === ""),
      age_ms,
    );
    this.#hours.restore(
      town.filter(([key]) => key !== ""),
      age_ms,
    );
  }

  /** The factors that a span tells something of, and by how much one more of each would make it longer, in seconds. */
  #partsOf(span: Span, slower: number, due_ms: number, at_ms: EpochMs) {
    const ways = this.#waysOn(span);
    fade(this.#town, at_ms);
    const parts = [{ factor: this.#town, weight: (slower * due_ms) / 1000 }];
    const add = (of: Factors, factor: Factor | undefined, weight: number) => {
      if (!factor) return;
      of.remember(factor, at_ms);
      parts.push({ factor, weight });
    };
    const [first] = span.legs;
    if (first) add(this.#hours, this.#hourOf(span, first), (slower * due_ms) / 1000);
    const calls = span.legs.filter(({ whole }) => whole).length;
    add(this.#stoppings, calls > 0 ? this.#stoppings.find("") : undefined, slower * calls);
    for (const leg of span.legs) {
      const way = ways[leg.stop];
      add(this.#links, way?.link, (slower * leg.driving_ms) / 1000);
      add(this.#times, this.#timeOf(span, leg, way), (slower * leg.driving_ms) / 1000);
      if (leg.whole) add(this.#stops, way?.stop, slower);
    }
    return parts;
  }

  #waysOn({ timetable: { feed }, run }: OnRun): readonly Way[] {
    const { pattern } = run.trip;
    const known = this.#ways.get(pattern);
    if (known) return known;
    const ways = pattern.stops.map(({ stop_id }, stop) => {
      const from = pattern.stops[stop - 1]?.stop_id;
      return {
        link: from === undefined ? undefined : this.#links.find(JSON.stringify([feed, from, stop_id])),
        stop: this.#stops.find(JSON.stringify([feed, stop_id])),
        times: [],
      };
    });
    this.#ways.set(pattern, ways);
    return ways;
  }

  /** Times of day go by the service day of the run, so that a night bus stays one after midnight. */
  #timeOf(
    { timetable: { feed }, run }: OnRun,
    { stop, due_ms }: Leg,
    way: Way | undefined,
  ): Factor | undefined {
    if (!way) return undefined;
    const time = Math.floor((due_ms - run.origin_ms) / (TIME_H * 3_600_000));
    if (way.times[time]) return way.times[time];
    const { stops } = run.trip.pattern;
    const key = JSON.stringify([feed, stops[stop - 1]?.stop_id, stops[stop]?.stop_id, time]);
    const factor = this.#times.find(key);
    way.times[time] = factor;
    return factor;
  }

  #hourOf({ run }: OnRun, { due_ms }: Leg): Factor | undefined {
    const known = this.#weekends.get(run.service_date);
    const weekend = known ?? weekdayOf(run.service_date) >= 5;
    if (known === undefined) this.#weekends.set(run.service_date, weekend);
    const hour = Math.floor((due_ms - run.origin_ms) / 3_600_000) % 24;
    const at = (weekend ? 24 : 0) + hour;
    this.#hoursOfDays[at] ??= this.#hours.find(`${weekend ? "weekend" : "workday"} ${hour}`);
    return this.#hoursOfDays[at];
  }
}

function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
}

/** What is known of the town as a whole goes back to the timetable. */
function fade(town: Factor, at_ms: EpochMs): void {
  const kept = townKept(town, at_ms);
  town.value *= kept;
  town.variance = TOWN_VARIANCE + (town.variance - TOWN_VARIANCE) * kept ** 2;
  town.learnt_at_ms = Math.max(town.learnt_at_ms, at_ms);
}

function townKept({ learnt_at_ms }: Factor, at_ms: EpochMs): number {
  return Math.exp(-Math.max(0, at_ms - learnt_at_ms) / TOWN_FADES_MS);
}
