import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Bucket } from "./event-index.ts";
import { ENDLESS, type Patience } from "./patience.ts";
import { HOUR_MS } from "./period-file.ts";
import type { Span } from "./plan.ts";

/** Most events that are asked one by one whether they fit, where their terms do not tell. */
const LOOKS_MAX = 200_000;
/** After so many of them it is looked whether the time is over. */
const LOOKS_A_GLANCE = 64;

/** Buckets that fill, in whatever order things come. */
export class Tally {
  readonly #begins: readonly EpochMs[];
  /** A map of values to counts for each bucket; without values, the one value is undefined. */
  readonly #counts: readonly Map<string | undefined, number>[];

  readonly #isOver: Patience;
  #looks = 0;

  /** @param begins when each bucket begins, oldest first; the last one has no end. */
  constructor(begins: readonly EpochMs[], isOver = ENDLESS) {
    this.#begins = begins;
    this.#isOver = isOver;
    this.#counts = begins.map(() => new Map());
  }

  add(at_ms: EpochMs, events: number, value?: string): void {
    const counts = this.#counts[this.#bucketAt(at_ms)];
    if (events > 0) counts?.set(value, (counts.get(value) ?? 0) + events);
  }

  /** Notes that an event is asked whether it fits. @throws AppError `INDEX_QUERY` when there are too many of them. */
  look(): void {
    if (++this.#looks % LOOKS_A_GLANCE === 0) this.glance();
    if (this.#looks <= LOOKS_MAX) return;
    const much = `More than ${LOOKS_MAX} events would have to be looked at one by one`;
    throw new AppError("INDEX_QUERY", `${much}; give a shorter time, or ask for something that names more.`);
  }

  /** Looks whether the time is over: half a histogram is none. @throws AppError `INDEX_QUERY` when it is. */
  glance(): void {
    if (!this.#isOver()) return;
    const much = "Counting this takes longer than one question may";
    throw new AppError("INDEX_QUERY", `${much}; give a shorter time, or ask for something that names more.`);
  }

  /** The whole UTC hours in a span that lie in one bucket, as hours since the epoch, and what is left of the span. */
  wholeHours({ from_ms, to_ms }: Span): {
    readonly hours: readonly number[];
    readonly parts: readonly Span[];
  } {
    const hours: number[] = [];
    const parts: Span[] = [];
    for (let at_ms = from_ms; at_ms < to_ms; ) {
      const hour = Math.floor(at_ms / HOUR_MS);
      const end_ms = Math.min(to_ms, (hour + 1) * HOUR_MS);
      const isWhole = end_ms - at_ms === HOUR_MS && this.#bucketAt(at_ms) === this.#bucketAt(end_ms - 1);
      if (isWhole) hours.push(hour);
      else parts.push({ from_ms: at_ms, to_ms: end_ms });
      at_ms = end_ms;
    }
    return { hours, parts };
  }

  /** Those that are not empty, in the order of time and value. */
  buckets(): Bucket[] {
    return this.#counts.flatMap((counts, at) => {
      const at_ms = this.#begins[at] ?? 0;
      const inOrder = [...counts].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
      return inOrder.map(([value, count]) => ({ at_ms, ...(value !== undefined && { value }), count }));
    });
  }

  /** The last bucket that begins by then. */
  #bucketAt(at_ms: EpochMs): number {
    let [low, high] = [0, this.#begins.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#begins[middle] ?? 0) <= at_ms) low = middle;
      else high = middle;
    }
    return low;
  }
}
