import type { FeedStanding } from "@yardline/api/timetable-parts";
import type { EpochMs } from "@yardline/domain/time";
import type { Found } from "@yardline/timetable/check/findings";

type Failure = { readonly code: string; readonly why: string; readonly at_ms: EpochMs };

type State = {
  readonly looked_ms?: EpochMs;
  readonly away?: Failure;
  readonly refused?: Failure & { readonly sha256: string; readonly found: readonly Found[] };
};

type Told = Omit<FeedStanding["sources"][number], "source">;

/** How the sources of one feed answered when they were looked at last. */
export class SourceStates {
  readonly #states = new Map<string, State>();

  answered(source: string, at_ms: EpochMs): void {
    const { away: _, ...rest } = this.#of(source);
    this.#states.set(source, { ...rest, looked_ms: at_ms });
  }

  /** It could not be reached. @returns whether that is news: a source that stays away is told once. */
  failed(source: string, failure: Failure): boolean {
    const state = this.#of(source);
    if (state.away) return false;
    this.#states.set(source, { ...state, away: failure });
    return true;
  }

  refuse(source: string, refused: NonNullable<State["refused"]>): void {
    this.#states.set(source, { ...this.#of(source), refused });
  }

  isRefused(source: string, sha256: string): boolean {
    return this.#of(source).refused?.sha256 === sha256;
  }

  take(source: string): void {
    const { refused: _, ...rest } = this.#of(source);
    this.#states.set(source, rest);
  }

  tell(source: string): Told {
    const { looked_ms, away, refused } = this.#of(source);
    const trouble: Told["trouble"] = away
      ? { ...away, kind: "away", found: [] }
      : refused && { ...refused, kind: "refused" };
    return { ...(looked_ms !== undefined && { looked_ms }), ...(trouble && { trouble }) };
  }

  #of(source: string): State {
    return this.#states.get(source) ?? {};
  }
}
