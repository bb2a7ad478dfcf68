import { findPeriod, nameOf, type Period } from "./period.ts";
import { keysWithin, listPeriods, pathOf } from "./period-file.ts";
import { type Keys, type Order, PeriodReader } from "./period-reader.ts";
import type { Span } from "./plan.ts";

/** Most files open at once: a year of weeks and what lives shorter. Each holds up to `cache_size` of memory. */
const FILES_MAX = 80;

/** A file and the part of it that a question is about. */
export type Part = { readonly reader: PeriodReader; readonly keys: Keys };

/** The files of a folder, open to be read, for one question after another. */
export class OpenPeriods {
  readonly #folder: string;
  readonly #open = new Map<string, PeriodReader>();
  #periods: readonly Period[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Looks which files there are now: before each question. */
  refresh(): void {
    const names = new Set(listPeriods(this.#folder));
    for (const [name, reader] of this.#open) {
      if (names.has(name)) continue;
      reader.close();
      this.#open.delete(name);
    }
    this.#periods = [...names]
      .flatMap((name) => findPeriod(name) ?? [])
      .toSorted((a, b) => a.from_ms - b.from_ms);
  }

  /** The periods that a span touches, a list a class, each in the order asked for. */
  classesIn({ from_ms, to_ms }: Span, order: Order): readonly (readonly Period[])[] {
    const touched = this.#periods.filter((period) => period.from_ms < to_ms && from_ms < period.to_ms);
    const ordered = order === "ASC" ? touched : touched.toReversed();
    return [...Map.groupBy(ordered, ({ kept_days }) => kept_days).values()];
  }

  /** All of them, oldest first. */
  listIn(span: Span): readonly Period[] {
    return this.classesIn(span, "ASC").flat();
  }

  /** The part of a period that lies in a span; undefined where nothing was written yet. @throws AppError of a file that is not as it should be. */
  partOf(period: Period, span: Span): Part | undefined {
    const keys = keysWithin(span, period);
    const reader = keys && this.readerOf(period);
    return reader && { reader, keys };
  }

  readerOf(period: Period): PeriodReader | undefined {
    const name = nameOf(period);
    const reader = this.#open.get(name) ?? PeriodReader.open(pathOf(this.#folder, name), period);
    if (!reader) return undefined;
    // The map keeps the order of use: the first is the one that nobody asked for the longest.
    this.#open.delete(name);
    this.#open.set(name, reader);
    for (const [other, idle] of this.#open) {
      if (this.#open.size <= FILES_MAX) break;
      idle.close();
      this.#open.delete(other);
    }
    return reader;
  }

  close(): void {
    for (const reader of this.#open.values()) reader.close();
  }
}
