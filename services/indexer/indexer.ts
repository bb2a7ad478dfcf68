import { setTimeout as delay } from "node:timers/promises";
import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { readEvent } from "@yardline/events/read-event";
import type { EventIndex } from "@yardline/index/event-index";
import type { Records } from "@yardline/records/records";
import { batchIndexed, indexUnavailable, letterFound } from "@yardline/telemetry/indexing";
import type { Logger } from "pino";
import { type DeadLetter, DeadLetters } from "./dead-letters.ts";

/** The consumer group on the bus: where it stopped is where it goes on. */
const GROUP = "indexer";
/** The first wait before trying again, doubled up to the second. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;

export type IndexerParts = {
  readonly bus: Pick<EventBus, "subscribe" | "lag">;
  readonly index: Pick<EventIndex, "put">;
  readonly records: Pick<Records, "list" | "write">;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends it once the batch under way is through. */
  readonly signal: AbortSignal;
};

/**
 * Carries every statement from the bus into the index, in batches, each handled only when the index has it. While index, records
 * or bus are away it waits, and asks the bus for the same batch again: putting twice changes nothing. A malformed message is set
 * aside with its reason and holds up nothing. Resolves after the signal.
 * @throws AppError that no waiting mends, as `STORE_DAMAGED`.
 */
export async function runIndexer(parts: IndexerParts): Promise<void> {
  const { bus, records, clock, log, signal } = parts;
  const letters = new DeadLetters(records, clock);
  let wait_ms = RETRY_MS_MIN;
  while (!signal.aborted) {
    try {
      for await (const batch of bus.subscribe("events", GROUP, signal)) {
        await indexBatch(parts, letters, batch);
        wait_ms = RETRY_MS_MIN;
      }
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.retryable)) throw thrown;
      indexUnavailable(log, thrown, wait_ms);
      await delay(wait_ms, undefined, { signal }).catch(() => undefined);
      wait_ms = Math.min(2 * wait_ms, RETRY_MS_MAX);
    }
  }
}

async function indexBatch(
  { bus, index, clock, log }: IndexerParts,
  letters: DeadLetters,
  batch: readonly Delivered[],
): Promise<void> {
  const { events, dead } = sorted(batch);
  const kept = await letters.keep(dead);
  for (const letter of dead) {
    const { position, source } = letter.record;
    letterFound(log, { position, source, reason: letter.reason }, kept.has(letter) ? "kept" : "dropped");
  }
  if (events.length > 0) await index.put(events);
  // The bus counts the batch as handled only when the next one is asked for.
  const behind = Math.max(0, (await bus.lag("events", GROUP)) - batch.length);
  batchIndexed(events, clock.now_ms(), behind);
}

function sorted(batch: readonly Delivered[]): { events: YardlineEvent[]; dead: DeadLetter[] } {
  const events: YardlineEvent[] = [];
  const dead: DeadLetter[] = [];
  for (const record of batch) {
    try {
      events.push(readEvent(record.body));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      dead.push({ record, reason: thrown.message });
    }
  }
  return { events, dead };
}
