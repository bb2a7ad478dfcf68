import { startThread, type Thread } from "@yardline/bus/thread";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { OCCURRENCE_PATTERN, type YardlineEvent } from "@yardline/events/event";
import { type Held, PERSONAL_MS_MIN, personalUntil } from "@yardline/events/fade";
import { anchorOf } from "@yardline/events/identity";
import type { ReaderOperations } from "./embedded-reader.ts";
import type { WriterOperations } from "./embedded-writer.ts";
import type { Bucket, Cut, EventIndex, EventQuery, Found, Page, PutResult, Total } from "./event-index.ts";
import { type Batch, batchOf, eventOf } from "./kept.ts";
import { findPeriod, isOutlived, nameOf, type Period, periodOf } from "./period.ts";
import { firstKeyOf, keysWithin, listPeriods } from "./period-file.ts";
import type { Span } from "./plan.ts";
import type { Answer } from "./search.ts";

const OCCURRENCE = new RegExp(OCCURRENCE_PATTERN);
/** Events that are prepared at once, and written in one transaction a period: while these are written, the next are prepared. */
const SLICE_MAX = 500;
/** How long after its end a period is put in order: most that is late has come by then. */
const SETTLE_AFTER_MS = 86_400_000;
/** Far more than the largest period takes. */
const SETTLE_STEPS_MAX = 10_000;

/**
 * Opens the index that needs no server: an SQLite file a class and period, written by one thread and read by two others, one of
 * which only counts, because that may take long.
 * @throws AppError `INDEX_UNAVAILABLE`, `STORE_DAMAGED`, `STORE_FOREIGN` or `STORE_FORMAT`.
 */
export async function openEmbeddedIndex({ folder }: { readonly folder: string }): Promise<EventIndex> {
  const index = new EmbeddedIndex(folder);
  try {
    await index.start();
    return index;
  } catch (thrown) {
    await index.close();
    throw thrown;
  }
}

class EmbeddedIndex implements EventIndex {
  readonly #folder: string;
  readonly #writer: Thread<WriterOperations>;
  readonly #reader: Thread<ReaderOperations>;
  /** Names of the periods that are in order, as far as we know. */
  readonly #settled = new Set<string>();
  /** Names of the periods whose log still has what was taken out. */
  readonly #unwiped = new Set<string>();
  /** Up to when the last round looked for what has to fade. */
  #looked_to_ms = Number.POSITIVE_INFINITY;
  /** Started when somebody counts. */
  #counter: Thread<ReaderOperations> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#writer = startThread(new URL("./embedded-writer.ts", import.meta.url), { folder });
    this.#reader = startReader(folder);
  }

  /** Notices a wrong folder, and finishes what an earlier process was kept from. */
  async start(): Promise<void> {
    const [unfinished] = await Promise.all([this.#writer.call("open"), this.#reader.call("open")]);
    // The process before may have been killed before it emptied a log.
    for (const period of periodsIn(this.#folder)) this.#unwiped.add(nameOf(period));
    if (unfinished.length > 0) await this.#eraseEverywhere(unfinished);
  }

  async put(events: readonly YardlineEvent[]): Promise<readonly PutResult[]> {
    const slices: Promise<readonly PutResult[]>[] = [];
    for (let from = 0; from < events.length; from += SLICE_MAX) {
      const slice = events.slice(from, from + SLICE_MAX);
      const batches = batchesOf(slice);
      await slices.at(-1);
      slices.push(this.#write(batches, slice.length));
    }
    return (await Promise.all(slices)).flat();
  }

  async refresh(): Promise<void> {}

  async get(occurrence: string): Promise<YardlineEvent | undefined> {
    if (!OCCURRENCE.test(occurrence)) return undefined;
    const hit = await this.#reader.call("get", occurrence);
    return hit && eventOf(hit);
  }

  async search(query: EventQuery, page: Page): Promise<Found> {
    checkCursor(page);
    return foundOf(await this.#reader.call("search", query, page));
  }

  async count(query: EventQuery): Promise<Total> {
    return this.#startedCounter().call("count", query);
  }

  async histogram(query: EventQuery, cut: Cut): Promise<readonly Bucket[]> {
    return this.#startedCounter().call("histogram", query, cut);
  }

  async scan(page: Page): Promise<Found> {
    checkCursor(page);
    return foundOf(await this.#reader.call("scan", page));
  }

  async erase(occurrences: readonly string[]): Promise<void> {
    const named = occurrences.filter((occurrence) => OCCURRENCE.test(occurrence));
    if (named.length === 0) return;
    // From here on nothing of them is taken in, so that nothing comes in behind our back.
    await this.#writer.call("forbid", named);
    await this.#eraseEverywhere(named);
  }

  async fade(now_ms: EpochMs, held: readonly Held[] = [], again: readonly Span[] = []): Promise<number> {
    let changed = 0;
    this.#looked_to_ms = now_ms - PERSONAL_MS_MIN + 1;
    for (const period of periodsIn(this.#folder)) {
      const name = nameOf(period);
      const due = keysWithin({ from_ms: 0, to_ms: now_ms - PERSONAL_MS_MIN + 1 }, period);
      if (!due) continue;
      for (const span of again) {
        const keys = keysWithin(span, period);
        if (keys) changed += (await this.#fade(period, [keys[0] - 1, keys[1]], now_ms, held)).changed;
      }
      const after = await this.#writer.call("fadedTo", name);
      const newly = await this.#fade(period, [after, due[1]], now_ms, held);
      changed += newly.changed;
      if (newly.done > after) await this.#writer.call("noteFaded", name, newly.done);
      if (this.#unwiped.has(name) && (await this.#writer.call("emptyLog", name, period.from_ms))) {
        this.#unwiped.delete(name);
      }
    }
    return changed;
  }

  /** Since this is asked now and then, it also puts in order what is over. */
  async expire(now_ms: EpochMs): Promise<readonly string[]> {
    const periods = periodsIn(this.#folder);
    const outlived = periods.filter((period) => isOutlived(period, now_ms));
    for (const period of outlived) await this.#writer.call("remove", nameOf(period));
    const over = periods.filter(({ to_ms }) => to_ms + SETTLE_AFTER_MS <= now_ms);
    for (const period of over) {
      if (!outlived.includes(period) && !this.#settled.has(nameOf(period))) await this.#settle(period);
    }
    return outlived.map(nameOf);
  }

  async close(): Promise<void> {
    // The writer last: whoever closes a file last puts it in order.
    await Promise.all([this.#reader.close(), this.#counter?.close()]);
    await this.#writer.close();
  }

  async #write(batches: readonly PeriodBatch[], count: number): Promise<readonly PutResult[]> {
    const results = Array.from<PutResult>({ length: count });
    const writing = batches.map(async ({ period, numbers, batch, fades_from }) => {
      const name = nameOf(period);
      this.#settled.delete(name);
      // Before it is put: a kill in between costs one look too many.
      if (fades_from < this.#looked_to_ms) {
        await this.#writer.call("lookAgain", name, firstKeyOf(fades_from, period.from_ms) - 1);
      }
      const written = await this.#writer.call("put", name, period.from_ms, batch);
      for (const [at, result] of written.entries()) results[numbers[at] ?? 0] = result;
    });
    await Promise.all(writing);
    return results;
  }

  /** Slice by slice. @returns the key up to which nothing of them has to go any more. */
  async #fade(
    period: Period,
    [first, to]: readonly [after: number, to: number],
    now_ms: EpochMs,
    held: readonly Held[],
  ): Promise<{ readonly changed: number; readonly done: number }> {
    const name = nameOf(period);
    let [after, done, changed, waits] = [first, first, 0, false];
    for (;;) {
      const slice = await this.#writer.call("fade", name, period.from_ms, { after, to, now_ms, held });
      changed += slice.changed;
      waits ||= slice.waits;
      if (slice.changed > 0) this.#unwiped.add(name);
      if (slice.last === undefined) return { changed, done };
      after = slice.last;
      if (!waits) done = after;
    }
  }

  /** Step by step, so that what is put meanwhile need not wait long. */
  async #settle(period: Period): Promise<void> {
    const name = nameOf(period);
    this.#settled.add(name);
    for (let step = 0; step < SETTLE_STEPS_MAX; step++) {
      if (!(await this.#writer.call("settle", name, period.from_ms, step > 0))) return;
    }
  }

  /** An occurrence does not tell its class: every file of its time is asked. */
  async #eraseEverywhere(occurrences: readonly string[]): Promise<void> {
    for (const period of periodsIn(this.#folder)) {
      const some = occurrences.filter((occurrence) => isIn(period, anchorOf(occurrence)));
      if (some.length > 0) await this.#writer.call("erase", nameOf(period), period.from_ms, some);
    }
    await this.#writer.call("finishErasing", occurrences);
  }

  #startedCounter(): Thread<ReaderOperations> {
    this.#counter ??= startReader(this.#folder);
    return this.#counter;
  }
}

/** Events of one period, and which of all they are. */
type PeriodBatch = {
  readonly period: Period;
  readonly numbers: readonly number[];
  readonly batch: Batch;
  /** The anchor of the first that has personal fields. */
  readonly fades_from: EpochMs;
};

function batchesOf(events: readonly YardlineEvent[]): PeriodBatch[] {
  const numbered = events.map((event, number) => ({ event, number, period: periodOf(event) }));
  return [...Map.groupBy(numbered, ({ period }) => nameOf(period)).values()].flatMap((some) => {
    const period = some[0]?.period;
    const batch = batchOf(some.map(({ event }) => event));
    const fading = some.filter(({ event }) => personalUntil(event) !== undefined);
    const fades_from = Math.min(...fading.map(({ event }) => anchorOf(event.occurrence)));
    return period ? [{ period, numbers: some.map(({ number }) => number), batch, fades_from }] : [];
  });
}

function startReader(folder: string): Thread<ReaderOperations> {
  return startThread(new URL("./embedded-reader.ts", import.meta.url), { folder });
}

function periodsIn(folder: string): Period[] {
  return listPeriods(folder).flatMap((name) => findPeriod(name) ?? []);
}

function isIn({ from_ms, to_ms }: Period, at_ms: EpochMs): boolean {
  return from_ms <= at_ms && at_ms < to_ms;
}

function checkCursor({ cursor }: Page): void {
  if (cursor !== undefined && !OCCURRENCE.test(cursor)) {
    throw new AppError("INDEX_CURSOR", "This is no cursor of this index; begin again without one.");
  }
}

function foundOf({ hits, cursor, unreadable }: Answer): Found {
  return {
    events: hits.map(eventOf),
    ...(cursor !== undefined && { cursor }),
    ...(unreadable.length > 0 && { unreadable }),
  };
}
