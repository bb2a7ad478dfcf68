import type { EpochMs } from "@yardline/domain/time";

/** Something that is learnt: its value, how unsure that is, and when it was learnt last. */
export type Factor = { value: number; variance: number; learnt_at_ms: EpochMs };

/** A factor as it is kept on disk: key, value, variance. */
export type KeptFactor = readonly [key: string, value: number, variance: number];

type Kind = {
  /** Before anything is learnt, and at most. */
  readonly variance: number;
  /** What is known may change: so much of `variance` comes back an hour, which is what lets recent vehicles weigh more. */
  readonly forgets_per_h: number;
  /** What comes beyond is not learnt. */
  readonly count_max: number;
};

/** Factors of one kind by what they belong to. */
export class Factors {
  readonly #kind: Kind;
  readonly #byKey = new Map<string, Factor>();

  constructor(kind: Kind) {
    this.#kind = kind;
  }

  /** The factor of a key, begun when it is asked for first; undefined beyond the limit. */
  find(key: string): Factor | undefined {
    const known = this.#byKey.get(key);
    if (known || this.#byKey.size >= this.#kind.count_max) return known;
    const factor = { value: 0, variance: this.#kind.variance, learnt_at_ms: 0 };
    this.#byKey.set(key, factor);
    return factor;
  }

  /** What is known holds, but less surely as time goes by. */
  remember(factor: Factor, at_ms: EpochMs): void {
    factor.variance = this.#unsureAfter(factor.variance, idleOf_ms(factor, at_ms));
    factor.learnt_at_ms = Math.max(factor.learnt_at_ms, at_ms);
  }

  /** Those that were learnt, each as unsure as it is at an instant, by key. */
  list(now_ms: EpochMs): readonly KeptFactor[] {
    return [...this.#byKey]
      .filter(([, { value }]) => value !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, factor]) => {
        const variance = this.#unsureAfter(factor.variance, idleOf_ms(factor, now_ms));
        return [key, rounded(factor.value), rounded(variance)];
      });
  }

  /** Takes over what `list` gave so long ago; it then counts as learnt when it is needed first. */
  restore(kept: readonly KeptFactor[], age_ms: number): void {
    for (const [key, value, variance] of kept.slice(0, this.#kind.count_max)) {
      this.#byKey.set(key, { value, variance: this.#unsureAfter(variance, age_ms), learnt_at_ms: 0 });
    }
  }

  #unsureAfter(variance: number, idle_ms: number): number {
    const { variance: most, forgets_per_h } = this.#kind;
    return Math.min(most, variance + (most * forgets_per_h * Math.max(0, idle_ms)) / 3_600_000);
  }
}

function idleOf_ms({ learnt_at_ms }: Factor, now_ms: EpochMs): number {
  return learnt_at_ms > 0 ? now_ms - learnt_at_ms : 0;
}

/** Six significant digits: what is beyond them is noise, and takes twice the bytes. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
