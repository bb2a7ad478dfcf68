import { distance_m } from "@yardline/domain/geo";
import { labelsOf } from "@yardline/events/catalogue";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import { queryWordsOf, wordsOf } from "./analyse.ts";
import type { EventQuery } from "./event-index.ts";
import { textsOf } from "./terms.ts";

/** What an index must answer, by going through a list: slow, and plain enough to believe. For tests. */
export class Oracle {
  readonly #highest = new Map<string, YardlineEvent>();

  put(events: readonly YardlineEvent[]): void {
    for (const event of events) {
      const known = this.#highest.get(event.occurrence);
      if (!known || event.revision > known.revision) this.#highest.set(event.occurrence, event);
    }
  }

  get(occurrence: string): YardlineEvent | undefined {
    return this.#highest.get(occurrence);
  }

  search(query: EventQuery): YardlineEvent[] {
    return [...this.#highest.values()]
      .filter((event) => event.state !== "withdrawn" && fits(query, event))
      .toSorted((a, b) => (a.occurrence < b.occurrence ? 1 : -1));
  }
}

function fits(query: EventQuery, event: YardlineEvent): boolean {
  const at_ms = Date.parse(event.time);
  return (
    at_ms >= (query.from_ms ?? at_ms) &&
    at_ms < (query.to_ms ?? at_ms + 1) &&
    (query.sources ?? [event.source]).includes(event.source) &&
    (query.types ?? [event.type]).includes(event.type) &&
    (query.tenants ?? [event.tenant]).includes(event.tenant) &&
    (!query.labels || query.labels.some((label) => labelsOf(event).includes(label))) &&
    isThere(query, event) &&
    says(query.text ?? "", event)
  );
}

function isThere({ box, circle }: EventQuery, event: YardlineEvent): boolean {
  const place = placeOf(event);
  if (!place) return !box && !circle;
  const { latitude, longitude } = place;
  const inBox =
    !box ||
    (latitude >= box.south && latitude <= box.north && longitude >= box.west && longitude <= box.east);
  return inBox && (!circle || distance_m(circle.center, place) <= circle.radius_m);
}

function says(text: string, event: YardlineEvent): boolean {
  const words = textsOf(event).flatMap(wordsOf);
  return queryWordsOf(text).every(({ word, prefix }) =>
    words.some((each) => (prefix ? each.startsWith(word) : each === word)),
  );
}
