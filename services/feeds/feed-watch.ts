import type { EpochMs } from "@yardline/domain/time";
import type { FeedLoss } from "@yardline/events/transit-feed-lost";

/** A feed that is further ahead of us has a wrong clock. */
export const AHEAD_MS_MAX = 5 * 60_000;
/** A clock that is wrong goes on all the same: so much of our time it must have made, for as long as data stay fresh. */
const GOES_ON = 0.8;

/** What has changed about a feed, to be told; undefined where nothing has. */
export type FeedChange =
  | { readonly kind: "lost"; readonly since_ms: EpochMs; readonly why: FeedLoss }
  | { readonly kind: "fresh"; readonly at_ms: EpochMs };

/**
 * Tells whether a feed speaks of now. Data that are old count as none, since a server that died behind its web server answers for ever;
 * a feed whose old data go on with the time has a wrong clock, which is said, and it is no less lost: what it says would put each bus
 * where it is not.
 */
export class FeedWatch {
  readonly #stale_ms: number;
  #fresh_at_ms: EpochMs;
  #trouble: FeedLoss = "silent";
  /** What is told: nothing at first. */
  #told: FeedLoss | "fresh" | undefined;
  /** Whether it has spoken of now since it was last told as lost. */
  #heard = false;
  /** The first of the answers in a row whose time is not ours. */
  #off: { readonly now_ms: EpochMs; readonly made_at_ms: EpochMs } | undefined;

  /** @param stale_ms data are fresh for so long. */
  constructor(stale_ms: number, now_ms: EpochMs) {
    this.#stale_ms = stale_ms;
    this.#fresh_at_ms = now_ms;
  }

  /** An answer that could be read. @returns whether it is of now. */
  heard(made_at_ms: EpochMs, now_ms: EpochMs): boolean {
    const behind_ms = now_ms - made_at_ms;
    if (behind_ms <= this.#stale_ms && behind_ms >= -AHEAD_MS_MAX) {
      this.#fresh_at_ms = Math.min(now_ms, Math.max(made_at_ms, this.#fresh_at_ms));
      this.#off = undefined;
      this.#heard = true;
      return true;
    }
    this.#off ??= { now_ms, made_at_ms };
    const took_ms = now_ms - this.#off.now_ms;
    const goesOn = took_ms >= this.#stale_ms && made_at_ms - this.#off.made_at_ms >= took_ms * GOES_ON;
    this.#trouble = behind_ms < 0 || goesOn || this.#trouble === "clock" ? "clock" : "stale";
    return false;
  }

  /** Nothing could be had, or read. */
  failed(why: FeedLoss): void {
    this.#trouble = why;
    this.#off = undefined;
  }

  /** To be asked now and then. */
  look(now_ms: EpochMs): FeedChange | undefined {
    if (now_ms - this.#fresh_at_ms > this.#stale_ms) return this.#lost(this.#trouble);
    if (!this.#heard || this.#told === "fresh") return undefined;
    this.#told = "fresh";
    this.#trouble = "silent";
    return { kind: "fresh", at_ms: this.#fresh_at_ms };
  }

  #lost(why: FeedLoss): FeedChange | undefined {
    if (this.#told === why) return undefined;
    this.#told = why;
    this.#heard = false;
    return { kind: "lost", since_ms: this.#fresh_at_ms, why };
  }
}
