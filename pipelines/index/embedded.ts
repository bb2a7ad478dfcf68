import { startThread, type Thread } from "@yardline/bus/thread";
import { OCCURRENCE_PATTERN, type YardlineEvent } from "@yardline/events/event";
import type { IndexOperations } from "./embedded-worker.ts";
import type { EventIndex, EventQuery, Found, Page, PutResult } from "./event-index.ts";

const OCCURRENCE = new RegExp(OCCURRENCE_PATTERN);

/**
 * Opens the index that needs no server: one SQLite file a week, in a thread of their own.
 * @throws AppError `INDEX_UNAVAILABLE`, `STORE_DAMAGED`, `STORE_FOREIGN` or `STORE_FORMAT`.
 */
export async function openEmbeddedIndex({ folder }: { readonly folder: string }): Promise<EventIndex> {
  const thread = startThread<IndexOperations>(new URL("./embedded-worker.ts", import.meta.url), { folder });
  try {
    await thread.call("open");
    return new EmbeddedIndex(thread);
  } catch (thrown) {
    await thread.close();
    throw thrown;
  }
}

class EmbeddedIndex implements EventIndex {
  readonly #thread: Thread<IndexOperations>;

  constructor(thread: Thread<IndexOperations>) {
    this.#thread = thread;
  }

  async put(events: readonly YardlineEvent[]): Promise<readonly PutResult[]> {
    return this.#thread.call(
      "put",
      events.map((event) => JSON.stringify(event)),
    );
  }

  async get(occurrence: string): Promise<YardlineEvent | undefined> {
    if (!OCCURRENCE.test(occurrence)) return undefined;
    const body = await this.#thread.call("get", occurrence);
    return body === undefined ? undefined : JSON.parse(body);
  }

  async search(query: EventQuery, page: Page): Promise<Found> {
    const { bodies, more } = await this.#thread.call("search", query, page);
    const events = bodies.map((body): YardlineEvent => JSON.parse(body));
    const last = events.at(-1);
    // The cursor is the last occurrence of the page: what is written meanwhile moves nothing that comes after it.
    return more && last ? { events, cursor: last.occurrence } : { events };
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
