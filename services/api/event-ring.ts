import type { EpochMs } from "@yardline/domain/time";
import { fadedAt } from "@yardline/events/fade";
import { type Told, tell } from "./told.ts";

/**
 * The newest events, kept once for all listeners together. A listener holds only a number: the next event it has not
 * had. Numbers count from 0 at the start of this process and are never reused.
 */
export class EventRing {
  readonly #capacity: number;
  readonly #told: Told[] = [];
  readonly #numbers = new Map<string, number>();
  /** Number of the oldest event still here. */
  #oldest = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The number that the next event will get. */
  get end(): number {
    return this.#oldest + this.#told.length;
  }

  push(told: Told): void {
    this.#numbers.set(told.position, this.end);
    this.#told.push(told);
    if (this.#told.length <= this.#capacity) return;
    const gone = this.#told.shift();
    this.#oldest += 1;
    if (gone) this.#numbers.delete(gone.position);
  }

  /**
   * Takes out of what is here the personal fields whose time is over: in a quiet town the newest events may be weeks old. What is held as evidence
   * goes, too, since that is for who looks it up.
   */
  fade(now_ms: EpochMs): void {
    for (const [at, { position, event }] of this.#told.entries()) {
      const left = fadedAt(event, now_ms);
      if (left !== event) this.#told[at] = tell(position, left);
    }
  }

  /** The event of a number; undefined when it has not come yet. See `hasForgotten` for those that are gone. */
  find(number: number): Told | undefined {
    return this.#told[number - this.#oldest];
  }

  /** Whether the event of this number has been dropped for newer ones. */
  hasForgotten(number: number): boolean {
    return number < this.#oldest;
  }

  /** The number after the event of this position, if it is here. */
  findNumberAfter(position: string): number | undefined {
    const number = this.#numbers.get(position);
    return number === undefined ? undefined : number + 1;
  }

  /** Position of the newest event. */
  get position(): string | undefined {
    return this.#told.at(-1)?.position;
  }
}
