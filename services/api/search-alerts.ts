import type { YardlineEvent } from "@yardline/events/event";

/** Occurrences that were told already and are remembered; then the oldest are forgotten. */
const REMEMBERED_MAX = 5_000;
/** Older news alerts nobody. */
const AGE_MS_MAX = 3_600_000;

/** What one search found since it was told last. */
export type SearchAlert = {
  readonly search: string;
  readonly name: string;
  /** How many occurrences, the newest of which is `event`. */
  readonly count: number;
  readonly event: YardlineEvent;
};
type Waiting = SearchAlert & { readonly position: string };

/**
 * What one listener is told of: each occurrence once a search, each search at once the first time and then at most once a while, with how many
 * there were meanwhile. A storm of events is a number, not a storm of messages.
 */
export class SearchAlerts {
  readonly #every_ms: number;
  readonly #told = new Set<string>();
  readonly #due = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(every_ms: number) {
    this.#every_ms = every_ms;
  }

  /** An event that a search found. What comes late, or was taken back, alerts nobody. */
  offer(
    { id, name }: { readonly id: string; readonly name: string },
    event: YardlineEvent,
    position: string,
    now_ms: number,
  ): void {
    const isOld = now_ms - Date.parse(event.time) > AGE_MS_MAX;
    if (event.backfilled || event.state === "withdrawn" || isOld) return;
    const once = `${id} ${event.occurrence}`;
    if (this.#told.has(once)) return;
    this.#told.add(once);
    for (const oldest of this.#told) {
      if (this.#told.size <= REMEMBERED_MAX) break;
      this.#told.delete(oldest);
    }
    const count = (this.#waiting.get(id)?.count ?? 0) + 1;
    this.#waiting.set(id, { search: id, name, count, event, position });
  }

  /** What may be told at a moment of the monotonic clock. */
  take(at_ms: number): readonly Waiting[] {
    const ready = [...this.#waiting.values()].filter(({ search }) => (this.#due.get(search) ?? 0) <= at_ms);
    for (const { search } of ready) {
      this.#waiting.delete(search);
      this.#due.set(search, at_ms + this.#every_ms);
    }
    return ready;
  }

  /** Whether something waits for its turn. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }
}
