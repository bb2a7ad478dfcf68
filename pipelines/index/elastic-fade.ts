import type { Client } from "@elastic/elasticsearch";
import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { fadedAt, type Held } from "@yardline/events/fade";
import type { Found } from "./event-index.ts";

type Engine = {
  /** Of what has to go, oldest first; what is held comes each time. */
  page(cursor: string | undefined): Promise<Found>;
  /** Replaces what is there of the same revision. */
  write(events: readonly YardlineEvent[]): Promise<void>;
};

/** Goes through what has to fade, page by page. @returns how many events changed. */
export async function fadePages(
  { now_ms, held }: { readonly now_ms: EpochMs; readonly held: readonly Held[] },
  { page, write }: Engine,
): Promise<number> {
  let changed = 0;
  for (let cursor: string | undefined; ; ) {
    const found = await page(cursor);
    const faded = found.events.flatMap((event) => {
      const left = fadedAt(event, now_ms, held);
      return left === event ? [] : [left];
    });
    if (faded.length > 0) await write(faded);
    changed += faded.length;
    cursor = found.cursor;
    if (cursor === undefined) return changed;
  }
}

/**
 * When the server is to write its segments anew, so that what was replaced is gone from its files: rarely, since all of a segment is written
 * for one document. What is replaced is gone `every_ms` and some minutes later. A process that begins does not know what is owed,
 * and asks once.
 */
export class Expunging {
  readonly #every_ms: number;
  #owed_ms: EpochMs | undefined = Number.NEGATIVE_INFINITY;

  constructor(every_ms: number) {
    this.#every_ms = every_ms;
  }

  /** Something was replaced. */
  owe(now_ms: EpochMs): void {
    this.#owed_ms ??= now_ms;
  }

  isDue(now_ms: EpochMs): boolean {
    // A clock that was set back makes nothing wait for longer.
    return (
      this.#owed_ms !== undefined && (now_ms < this.#owed_ms || now_ms - this.#owed_ms >= this.#every_ms)
    );
  }

  /** @param is_some_left whether the server still has something that was replaced. */
  done(now_ms: EpochMs, is_some_left: boolean): void {
    this.#owed_ms = is_some_left ? now_ms : undefined;
  }
}

/**
 * Has the server write anew what has replaced documents: those lie in segments until then, and in files until the flush after it.
 * @returns whether some are left: what was replaced in the last half minute it keeps for its replicas.
 */
export async function expunge({ indices }: Client, index: string[]): Promise<boolean> {
  await indices.flush({ index, force: true, wait_if_ongoing: true });
  await indices.forcemerge({ index, only_expunge_deletes: true });
  await indices.flush({ index, force: true, wait_if_ongoing: true });
  await indices.refresh({ index });
  const { _all } = await indices.stats({ index, metric: "docs" });
  return (_all.total?.docs?.deleted ?? 0) > 0;
}
