import type { YardlineEvent } from "@yardline/events/event";
import { holds, valuesOf } from "./condition.ts";
import type { Bucket, Cut, EventQuery } from "./event-index.ts";
import { beginOf } from "./plan.ts";

/** What an index must answer, by going through a list: slow, and plain enough to believe. For tests. */
export class Oracle {
  readonly #highest = new Map<string, YardlineEvent>();
  readonly #erased = new Set<string>();

  /** @returns whether anything changed. */
  put(events: readonly YardlineEvent[]): boolean {
    let changed = false;
    for (const event of events) {
      if (this.#erased.has(event.occurrence)) continue;
      if (event.revision <= (this.#highest.get(event.occurrence)?.revision ?? -1)) continue;
      this.#highest.set(event.occurrence, event);
      changed = true;
    }
    return changed;
  }

  /** @returns how many changed. */
  change(by: (event: YardlineEvent) => YardlineEvent): number {
    let changed = 0;
    for (const [occurrence, event] of this.#highest) {
      const after = by(event);
      if (after !== event) changed++;
      this.#highest.set(occurrence, after);
    }
    return changed;
  }

  erase(occurrences: readonly string[]): void {
    for (const occurrence of occurrences) {
      this.#erased.add(occurrence);
      this.#highest.delete(occurrence);
    }
  }

  /** Forgets without remembering that it forgot. */
  drop(events: readonly YardlineEvent[]): void {
    for (const { occurrence } of events) this.#highest.delete(occurrence);
  }

  get(occurrence: string): YardlineEvent | undefined {
    return this.#highest.get(occurrence);
  }

  scan(): YardlineEvent[] {
    return [...this.#highest.values()].toSorted(oldestFirst);
  }

  search(query: EventQuery): YardlineEvent[] {
    const found = this.scan().filter((event) => event.state !== "withdrawn" && fits(query, event));
    return query.order === "oldest" ? found : found.toReversed();
  }

  histogram(query: EventQuery, { every, timezone, by }: Cut): Bucket[] {
    const counts = new Map<string, Bucket>();
    for (const event of this.search(query)) {
      const at_ms = beginOf(Date.parse(event.time), every, timezone);
      for (const value of by ? new Set(valuesOf(event, by)) : [undefined]) {
        const key = JSON.stringify([at_ms, value]);
        const count = (counts.get(key)?.count ?? 0) + 1;
        counts.set(key, { at_ms, ...(value !== undefined && { value }), count });
      }
    }
    return [...counts.values()].toSorted(
      (a, b) => a.at_ms - b.at_ms || ((a.value ?? "") < (b.value ?? "") ? -1 : 1),
    );
  }
}

function oldestFirst(a: YardlineEvent, b: YardlineEvent): number {
  return a.occurrence < b.occurrence ? -1 : 1;
}

function fits({ from_ms, to_ms, hours, where }: EventQuery, event: YardlineEvent): boolean {
  const at_ms = Date.parse(event.time);
  if (at_ms < (from_ms ?? at_ms) || at_ms >= (to_ms ?? at_ms + 1)) return false;
  if (hours) {
    const local = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(hours.timezone);
    const minute = local.hour * 60 + local.minute;
    const after = minute >= hours.from_min;
    const before = minute < hours.to_min;
    if (!(hours.from_min < hours.to_min ? after && before : after || before)) return false;
  }
  return !where || holds(where, event);
}
