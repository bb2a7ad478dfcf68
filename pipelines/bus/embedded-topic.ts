import { AppError } from "@yardline/domain/errors";
import { type Clock, type EpochMs, isoOf } from "@yardline/domain/time";
import { type Held, PERSONAL_MS_MIN } from "@yardline/events/fade";
import type { BusWatch } from "./bus-watch.ts";
import type { WriterOperations } from "./embedded-writer.ts";
import { type BusRecord, findTooLarge } from "./event-bus.ts";
import type { FadedRecords } from "./fade-records.ts";
import { pack } from "./packing.ts";
import type { Thread } from "./thread.ts";
import type { Topic } from "./topics.ts";

/** Most records of one transaction, unless one call brings more: some 100 ms of work. */
const TRANSACTION_RECORDS_MAX = 10_000;
/** Most that may wait for the disk, in calls that are not yet being written; a call beyond it is refused. */
const PENDING_RECORDS_MAX = 50_000;
const PENDING_BYTES_MAX = 64_000_000;
const DAY_MS = 86_400_000;

type Publication = {
  readonly records: readonly BusRecord[];
  readonly bytes: number;
  resolve(): void;
  reject(reason: unknown): void;
};

type Parts = {
  readonly writer: Thread<WriterOperations>;
  readonly clock: Clock;
  readonly keep_ms: number;
  readonly watch: BusWatch | undefined;
  /** Called before a day is removed, so that no reader holds its file. */
  forget(topic: Topic, day: string): Promise<void>;
};

/** What has to go is gone from a day at most so long after its time. */
const FADE_EVERY_MS = 3_600_000;

/** One topic's writing end: joins publications that wait for the disk into one transaction, and knows what there is to read. */
export class EmbeddedTopic {
  readonly topic: Topic;
  readonly #parts: Parts;
  readonly #pending: Publication[] = [];
  #pendingRecords = 0;
  #pendingBytes = 0;
  readonly #waiting = new Set<() => void>();
  #draining: Promise<void> | undefined;
  #days: readonly string[];
  #first: number;
  #end: number;
  /** When each day is looked at next for what has to go. */
  readonly #fades_ms = new Map<string, EpochMs>();
  /** Days whose log still has what was taken out. */
  readonly #unwiped = new Set<string>();

  constructor(topic: Topic, kept: { days: readonly string[]; first: number; end: number }, parts: Parts) {
    this.topic = topic;
    this.#days = kept.days;
    this.#first = kept.first;
    this.#end = kept.end;
    this.#parts = parts;
  }

  /** Days that have records, oldest first; a day before the last one grows no more. */
  get days(): readonly string[] {
    return this.#days;
  }

  /** How many records are kept after an offset. */
  countAfter(offset: number): number {
    return Math.max(0, this.#end - Math.max(offset, this.#first - 1));
  }

  /** Offset of the newest record that is on disk. */
  get end(): number {
    return this.#end;
  }

  publish(records: readonly BusRecord[]): Promise<void> {
    const bytes = records.reduce((sum, { body }) => sum + body.byteLength, 0);
    const tooLarge = findTooLarge(records);
    if (tooLarge) return Promise.reject(tooLarge);
    if (this.#isFull(records.length, bytes)) {
      this.#parts.watch?.refused(this.topic, records.length);
      const full = "Too many records wait for the disk; publish again a little later.";
      return Promise.reject(new AppError("BUS_UNAVAILABLE", full, { retryable: true }));
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#pending.push({ records, bytes, resolve, reject });
    this.#pendingRecords += records.length;
    this.#pendingBytes += bytes;
    this.#draining ??= this.#drain();
    return promise;
  }

  /** Resolves when a record is added, when the signal aborts or at `wake`. */
  grown(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    });
  }

  wake(): void {
    for (const done of [...this.#waiting]) done();
  }

  /** Resolves when nothing waits for the disk any more. */
  async drained(): Promise<void> {
    await this.#draining;
  }

  /** Removes days whose age is reached; the newest one stays, because it knows the last offset. */
  async expire(): Promise<void> {
    const { writer, clock, keep_ms, watch, forget } = this.#parts;
    const oldest = isoOf(Math.max(0, clock.now_ms() - keep_ms - DAY_MS)).slice(0, 10);
    for (const day of this.#days.slice(0, -1).filter((each) => each < oldest)) {
      try {
        await forget(this.topic, day);
        this.#first = await writer.call("remove", this.topic, day);
        this.#days = this.#days.filter((each) => each !== day);
        watch?.expired(this.topic, day);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        watch?.failed(this.topic, 0, thrown);
      }
    }
  }

  /** Takes personal fields out of the days that have some whose time is over. @returns how many records changed. */
  async fade(now_ms: EpochMs, held: readonly Held[], again: boolean): Promise<number> {
    const { writer } = this.#parts;
    let changed = 0;
    for (const day of this.#days) {
      // A day that still grows is looked at until it is over, for what comes late.
      if (!again && now_ms < (this.#fades_ms.get(day) ?? now_ms)) continue;
      let next_ms = day === this.#days.at(-1) ? now_ms : Number.POSITIVE_INFINITY;
      for (let after: number | undefined = 0; after !== undefined; ) {
        const how = { now_ms, held, is_old: Date.parse(day) + PERSONAL_MS_MIN <= now_ms };
        const slice: FadedRecords = await writer.call("fade", this.topic, day, after, how);
        next_ms = Math.min(next_ms, slice.next_ms);
        changed += slice.changed;
        if (slice.changed > 0) this.#unwiped.add(day);
        after = slice.last;
      }
      this.#fades_ms.set(day, Math.max(next_ms, now_ms + FADE_EVERY_MS));
    }
    for (const day of this.#unwiped) {
      if (await writer.call("emptyLog", this.topic, day)) this.#unwiped.delete(day);
    }
    return changed;
  }

  #isFull(records: number, bytes: number): boolean {
    return (
      this.#pending.length > 0 &&
      (this.#pendingRecords + records > PENDING_RECORDS_MAX || this.#pendingBytes + bytes > PENDING_BYTES_MAX)
    );
  }

  async #drain(): Promise<void> {
    await Promise.resolve(); // Calls of the same turn join the first transaction.
    while (this.#pending.length > 0) await this.#write(this.#take());
    this.#draining = undefined;
  }

  #take(): readonly Publication[] {
    let records = 0;
    const beyond = this.#pending.findIndex((publication, index) => {
      records += publication.records.length;
      return index > 0 && records > TRANSACTION_RECORDS_MAX;
    });
    const taken = this.#pending.splice(0, beyond < 0 ? this.#pending.length : beyond);
    for (const publication of taken) {
      this.#pendingRecords -= publication.records.length;
      this.#pendingBytes -= publication.bytes;
    }
    return taken;
  }

  async #write(publications: readonly Publication[]): Promise<void> {
    const { writer, clock, watch } = this.#parts;
    const records = publications.flatMap((each) => each.records);
    const began_ms = clock.monotonic_ms();
    // A clock that jumps back does not reopen a day that readers may have left behind.
    const newest = this.#days.at(-1) ?? "";
    const today = isoOf(clock.now_ms()).slice(0, 10);
    const isNew = today > newest;
    const day = isNew ? today : newest;
    try {
      await writer.call("append", this.topic, day, this.#end + 1, pack(records));
    } catch (thrown) {
      if (thrown instanceof AppError) watch?.failed(this.topic, records.length, thrown);
      for (const { reject } of publications) reject(thrown);
      return;
    }
    this.#end += records.length;
    if (isNew) this.#days = [...this.#days, day];
    watch?.published(this.topic, records.length, clock.monotonic_ms() - began_ms);
    for (const { resolve } of publications) resolve();
    this.wake();
    if (isNew) await this.expire();
  }
}
