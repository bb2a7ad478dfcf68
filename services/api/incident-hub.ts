import { setTimeout as delay } from "node:timers/promises";
import { FEED_MAX, type FeedItem, feedEnd, readFeed } from "@yardline/incidents/feed";
import type { Incident } from "@yardline/incidents/incident";
import { findIncidents } from "@yardline/incidents/incident-log";
import type { Records } from "@yardline/records/records";
import type { Limits } from "./limits.ts";
import type { Telemetry } from "./telemetry.ts";
import { greetingOf, heartbeatOf } from "./told.ts";

/** How soon a browser's EventSource comes back after a break. */
const RECONNECT_MS = 2_000;
/** Changes that are read at once. */
const READ_MAX = 100;
/** Readings that are kept for others who stand at the same place. */
const READINGS_MAX = 16;

type News = Pick<FeedItem, "what" | "by" | "at"> & { readonly incident: Incident };
type Told = { readonly number: number; readonly news: News | undefined };

/** Who listens, from where, and what they may know of. */
type Listener = {
  /** The number of the last change they had; undefined begins now. */
  readonly after: number | undefined;
  readonly may: (incident: Incident) => boolean;
  readonly signal: AbortSignal;
};

/** Follows the changes of incidents, also those that other processes write, once for all who listen. */
export type IncidentHub = {
  /** Something was written here: look at once. */
  wake(): void;
  /** One client's stream in the words of Server-Sent Events, pulled at its own pace. */
  listen(listener: Listener): AsyncGenerator<string>;
  close(): void;
};

export function startIncidentHub(
  records: Pick<Records, "find" | "findAll">,
  telemetry: Pick<Telemetry, "tailFailed">,
  { incidents_ms, heartbeat_ms }: Pick<Limits, "incidents_ms" | "heartbeat_ms">,
): IncidentHub {
  const closing = new AbortController();
  const feed = new SharedFeed(records);
  let listeners = 0;
  let poked = Promise.withResolvers<void>();

  async function keep(): Promise<void> {
    while (listeners > 0 && !closing.signal.aborted) {
      const poke = poked.promise;
      await feed.lookAgain().catch((cause: unknown) => telemetry.tailFailed(cause));
      const pause = delay(incidents_ms, undefined, { signal: closing.signal, ref: false });
      await Promise.race([pause.catch(() => undefined), poke]);
    }
  }

  return {
    wake() {
      poked.resolve();
      poked = Promise.withResolvers();
    },
    async *listen({ after, may, signal }) {
      listeners += 1;
      try {
        await feed.lookAgain();
        if (listeners === 1) void keep();
        const ends = AbortSignal.any([signal, closing.signal]);
        yield* follow(feed, { after: after ?? feed.end, may, signal: ends }, heartbeat_ms);
      } finally {
        listeners -= 1;
      }
    },
    close: () => closing.abort(),
  };
}

async function* follow(
  feed: SharedFeed,
  { after, may, signal }: Listener & { readonly after: number },
  heartbeat_ms: number,
): AsyncGenerator<string> {
  yield greetingOf(String(after), RECONNECT_MS);
  for (let at = after; !signal.aborted; ) {
    if (at === feed.end) {
      if (await feed.isQuiet(heartbeat_ms, signal)) yield heartbeatOf(String(at));
      continue;
    }
    const told = await feed.read(at);
    if (!told) {
      at = feed.end;
      yield `id: ${at}\nevent: reset\ndata: {}\n\n`;
      continue;
    }
    for (const { number, news } of told) {
      at = number;
      if (news && may(news.incident)) {
        yield `id: ${number}\nevent: incident\ndata: ${JSON.stringify(news)}\n\n`;
      }
    }
  }
}

/** The feed as all listeners together read it. */
class SharedFeed {
  readonly #records: Pick<Records, "find" | "findAll">;
  readonly #readings = new Map<number, Promise<readonly Told[] | undefined>>();
  #changed = Promise.withResolvers<void>();
  /** The number of the newest change that is known of. */
  end = 0;

  constructor(records: Pick<Records, "find" | "findAll">) {
    this.#records = records;
  }

  async lookAgain(): Promise<void> {
    const now = await feedEnd(this.#records);
    if (now === this.end) return;
    // Backwards: somebody restored a backup.
    if (now < this.end) this.#readings.clear();
    this.end = now;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Waits until something changed; true when that took longer than a heartbeat. */
  async isQuiet(heartbeat_ms: number, signal: AbortSignal): Promise<boolean> {
    const waiting = new AbortController();
    const either = AbortSignal.any([signal, waiting.signal]);
    const quiet = delay(heartbeat_ms, true, { signal: either, ref: false }).catch(() => false);
    const isQuiet = await Promise.race([this.#changed.promise.then(() => false), quiet]);
    waiting.abort();
    return isQuiet;
  }

  /** The changes after a number, some at a time; undefined when they are gone, or never were. */
  read(after: number): Promise<readonly Told[] | undefined> {
    if (after > this.end || this.end - after > FEED_MAX) return Promise.resolve(undefined);
    const known = this.#readings.get(after);
    if (known) return known;
    const reading = this.#readAnew(after, Math.min(this.end, after + READ_MAX));
    this.#readings.set(after, reading);
    reading.catch(() => this.#readings.delete(after));
    for (const oldest of this.#readings.keys()) {
      if (this.#readings.size > READINGS_MAX) this.#readings.delete(oldest);
    }
    return reading;
  }

  async #readAnew(after: number, to: number): Promise<readonly Told[] | undefined> {
    const items = await readFeed(this.#records, after, to);
    if (!items) return undefined;
    const ids = [...new Set(items.map(({ incident }) => incident))];
    const found = new Map((await findIncidents(this.#records, ids)).map((each) => [each.id, each]));
    return items.map(({ number, what, by, at, incident: id }) => {
      const incident = found.get(id);
      return { number, news: incident && { what, by, at, incident } };
    });
  }
}
