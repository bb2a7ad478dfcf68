import { workerData } from "node:worker_threads";
import { serveThread } from "@yardline/bus/thread";
import { ErasedFile } from "./erased-file.ts";
import type { PutResult } from "./event-index.ts";
import { type Batch, type Kept, keptIn } from "./kept.ts";
import { DEPTH_MAX } from "./packed-form.ts";
import { pathOf, removePeriod } from "./period-file.ts";
import { type Faded, type FadeSlice, PeriodWriter } from "./period-writer.ts";

/** The thread that writes. It decides nothing: which period is whose comes from outside. */
const folder: string = workerData.folder;

/** Most files open at once: what is written now, and what comes late. */
const FILES_MAX = 8;

const TOO_DEEP = `It is nested deeper than ${DEPTH_MAX}.`;

let erased: ErasedFile | undefined;
const open = new Map<string, PeriodWriter>();

const operations = {
  /** @returns what an earlier process had no time to erase. */
  open(): string[] {
    erased = new ErasedFile(folder);
    return erased.listUnfinished();
  },

  put(period: string, from_ms: number, batch: Batch): PutResult[] {
    const results = new Map<Kept, PutResult>();
    const statements = keptIn(batch);
    for (const statement of statements) {
      if (erased?.has(statement.occurrence)) results.set(statement, "kept");
      else if (statement.body.length === 0) results.set(statement, { refused: TOO_DEEP });
    }
    const wanted = statements.filter((statement) => !results.has(statement));
    for (const [at, result] of writerOf(period, from_ms).put(wanted).entries()) {
      const statement = wanted[at];
      if (statement) results.set(statement, result);
    }
    return statements.map((statement) => results.get(statement) ?? "kept");
  },

  /** From now on nothing is taken in of them. */
  forbid(occurrences: readonly string[]): void {
    erased?.add(occurrences);
  },

  erase(period: string, from_ms: number, occurrences: readonly string[]): void {
    writerOf(period, from_ms).erase(occurrences);
  },

  finishErasing(occurrences: readonly string[]): void {
    erased?.finish(occurrences);
  },

  fadedTo(period: string): number {
    return erased?.fadedTo(period) ?? -1;
  },

  noteFaded(period: string, key: number): void {
    erased?.noteFaded(period, key);
  },

  /** What comes after this key is looked at again. */
  lookAgain(period: string, key: number): void {
    if (erased && key < erased.fadedTo(period)) erased.noteFaded(period, key);
  },

  fade(period: string, from_ms: number, slice: FadeSlice): Faded {
    return writerOf(period, from_ms).fade(slice);
  },

  emptyLog(period: string, from_ms: number): boolean {
    return writerOf(period, from_ms).emptyLog();
  },

  settle(period: string, from_ms: number, isBegun: boolean): boolean {
    return writerOf(period, from_ms).settle(isBegun);
  },

  remove(period: string): void {
    open.get(period)?.close();
    open.delete(period);
    removePeriod(folder, period);
  },
};

export type WriterOperations = typeof operations;

function writerOf(period: string, from_ms: number): PeriodWriter {
  const writer = open.get(period) ?? new PeriodWriter(pathOf(folder, period), from_ms);
  // The map keeps the order of use: the first is the one that nobody wrote to the longest.
  open.delete(period);
  open.set(period, writer);
  for (const [other, idle] of open) {
    if (open.size <= FILES_MAX) break;
    idle.close();
    open.delete(other);
  }
  return writer;
}

serveThread(operations, () => {
  for (const writer of open.values()) writer.close();
  erased?.close();
});
