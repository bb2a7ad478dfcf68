import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { CheckedTimetable, FeedStanding, TimetableChoosing } from "@yardline/api/timetable-parts";
import type { Clock } from "@yardline/domain/time";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Logger } from "pino";
import { FeedVersions, type TimetableSettings } from "./feed-versions.ts";
import { Offers } from "./offers.ts";
import { isAddress } from "./source.ts";

/** How often a file is looked at, … */
const FILE_EVERY_MS = 30_000;
/** … and a server asked, which mostly answers that it has nothing new. */
const ADDRESS_EVERY_MS = 10 * 60_000;

type TimetableParts = {
  readonly base: string;
  /** Of the town: the versions are kept below it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** What the timetable is called that people choose in the browser, … */
const CHOSEN_FEED = "town";
/** … and where the file lies that they send; no feed's id begins with a dot. */
const OFFERED = ".offered";

type OneFeed = { readonly settings: TimetableSettings; readonly versions: FeedVersions };

/** The timetables of a town, and what becomes of them while it runs. */
export class TownTimetables {
  readonly #feeds: readonly OneFeed[];
  /** Where people choose the timetable in the browser. */
  #choosing: Offers | undefined;
  #changed: () => Promise<void> = async () => undefined;

  private constructor(feeds: readonly OneFeed[]) {
    this.#feeds = feeds;
  }

  /** @throws AppError `GTFS_FETCH`, `TIMETABLE_…` of a feed of which nothing can be read. */
  static async open(feeds: readonly TimetableSettings[], parts: TimetableParts): Promise<TownTimetables> {
    const opened = [];
    for (const settings of feeds) {
      const folder = join(parts.folder, "timetables", settings.feed);
      opened.push({ settings, versions: await FeedVersions.open(settings, { ...parts, folder }) });
    }
    return new TownTimetables(opened);
  }

  /** One timetable that people choose in the browser: what they chose before, and nothing until they do. */
  static async openChosen(parts: TimetableParts): Promise<TownTimetables> {
    const timetables = await TownTimetables.open([{ feed: CHOSEN_FEED, sources: [], at_once: false }], parts);
    const [chosen] = timetables.#feeds;
    if (chosen) {
      timetables.#choosing = await Offers.open(CHOSEN_FEED, chosen.versions, {
        ...{ folder: join(parts.folder, "timetables", OFFERED), clock: parts.clock },
        changed: () => timetables.#changed(),
      });
    }
    return timetables;
  }

  get choosing(): TimetableChoosing | undefined {
    return this.#choosing;
  }

  /** All versions of all feeds, each confined to its service days. */
  get now(): readonly Timetable[] {
    return this.#feeds.flatMap(({ versions }) => versions.timetables);
  }

  standing(): readonly FeedStanding[] {
    return this.#feeds.map(({ versions }) => versions.standing());
  }

  /** @throws AppError `TIMETABLE_…`; undefined where no such version is followed. */
  async check(feed: string, sha256: string): Promise<CheckedTimetable | undefined> {
    return this.#feeds.find(({ settings }) => settings.feed === feed)?.versions.check(sha256);
  }

  /** Looks at the sources again and again until `signal` aborts. @param changed is told whenever `now` is different. */
  async follow(changed: () => Promise<void>, signal: AbortSignal, every_ms?: number): Promise<void> {
    this.#changed = changed;
    const looking = this.#feeds.map(async (feed) => {
      if (feed.settings.sources.length === 0) return told(signal);
      const due = new Map(feed.settings.sources.map((source) => [source, 0]));
      while (!signal.aborted) {
        await lookAtDue(feed, due, changed, every_ms);
        const next_ms = Math.min(...due.values()) - performance.now();
        await delay(Math.max(1, next_ms), undefined, { signal }).catch(() => undefined);
      }
    });
    await Promise.all(looking);
  }
}

/** Nothing is looked at where people choose: it ends when it is told to. */
async function told(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

/** One feed's sources share the place where what is fetched lies, so they are looked at one after another. */
async function lookAtDue(
  { versions }: OneFeed,
  due: Map<string, number>,
  changed: () => Promise<void>,
  every_ms: number | undefined,
): Promise<void> {
  for (const [source, at_ms] of due) {
    if (at_ms > performance.now()) continue;
    if (await versions.look(source)) await changed();
    due.set(source, performance.now() + (every_ms ?? everyOf(source)));
  }
}

function everyOf(source: string): number {
  return isAddress(source) ? ADDRESS_EVERY_MS : FILE_EVERY_MS;
}
