import type { YardlineEvent } from "@yardline/events/event";
import { expect, onTestFinished } from "vitest";
import { type EventIndex, type EventQuery, type Found, PAGE_MAX, type Page } from "../event-index.ts";

/** Where an index keeps its events: opening it again finds what was there. */
export type IndexPlace = {
  open(): Promise<EventIndex>;
  /** Afterwards nothing of it is left. */
  remove(): Promise<void>;
};

/** An index in a place of its own. */
export type Started = {
  readonly index: EventIndex;
  /** Closes it and opens it again. */
  reopen(): Promise<EventIndex>;
};

export async function startAt(place: IndexPlace): Promise<Started & { end(): Promise<void> }> {
  let index = await place.open();
  return {
    index,
    async reopen() {
      await index.close();
      index = await place.open();
      return index;
    },
    async end() {
      await index.close();
      await place.remove();
    },
  };
}

/** For one test; what it kept goes when the test ends. */
export type Start = () => Promise<Started>;

export function starting(create: () => Promise<IndexPlace>): Start {
  return async () => {
    const { end, ...started } = await startAt(await create());
    onTestFinished(end);
    return started;
  };
}

/** Everything that a question finds, page by page. */
export function searchAll(index: EventIndex, query: EventQuery, limit = PAGE_MAX): Promise<YardlineEvent[]> {
  return everyPage(index, limit, (page) => index.search(query, page));
}

/** Everything that is kept, page by page. */
export function scanAll(index: EventIndex, limit = PAGE_MAX): Promise<YardlineEvent[]> {
  return everyPage(index, limit, (page) => index.scan(page));
}

async function everyPage(
  index: EventIndex,
  limit: number,
  read: (page: Page) => Promise<Found>,
): Promise<YardlineEvent[]> {
  await index.refresh();
  const found: YardlineEvent[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read({ limit, ...(cursor !== undefined && { cursor }) });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    found.push(...page.events);
    if (page.cursor === undefined) return found;
    expect(page.events.length).toBe(limit);
    cursor = page.cursor;
  }
}

export const idsOf = (events: readonly YardlineEvent[]): string[] => events.map(({ id }) => id);
