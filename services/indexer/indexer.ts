import { setTimeout as delay } from "node:timers/promises";
import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { fadedAt, type Held } from "@yardline/events/fade";
import { readEvent } from "@yardline/events/read-event";
import type { EventIndex } from "@yardline/index/event-index";
import { batchIndexed, indexUnavailable, letterFound } from "@yardline/telemetry/indexing";
import type { Logger } from "pino";
import { deadLetterOf } from "./dead-letters.ts";

/** The consumer group on the bus: where it stopped is where it goes on. */
export const GROUP = "indexer";
/** The first wait before trying again, doubled up to the second. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;

export type IndexerParts = {
  readonly bus: Pick<EventBus, "subscribe" | "publish">;
  readonly index: Pick<EventIndex, "put">;
  readonly clock: Clock;
  readonly log: Logger;
  /** Stretches whose personal fields are held as evidence; undefined while that is not known. */
  readonly held?: () => readonly Held[] | undefined;
  /** Ends it once the batch under way is through. */
  readonly signal: AbortSignal;
};

/**
 * Carries every statement from the bus into the index, in batches, each handled only when the index has it. While index or bus
 * are away it waits, and asks the bus for the same batch again: putting twice changes nothing. A malformed message is set aside on
 * the topic `dead-letters` with its reason and holds up nothing. Resolves after the signal.
 * @throws AppError that no waiting mends, as `STORE_DAMAGED`.
 */
export async function runIndexer(parts: IndexerParts): Promise<void> {
  const { bus, log, signal } = parts;
  let wait_ms = RETRY_MS_MIN;
  while (!signal.aborted) {
    try {
      for await (const batch of bus.subscribe("events", GROUP, signal)) {
        await indexBatch(parts, batch);
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
  { bus, index, clock, log, held }: IndexerParts,
  batch: readonly Delivered[],
): Promise<void> {
  const { events, dead } = sorted(batch);
  const now_ms = clock.now_ms();
  await bus.publish(
    "dead-letters",
    dead.map(({ record, reason }) => deadLetterOf(record, reason, now_ms)),
  );
  for (const { record, reason } of dead) {
    letterFound(log, { position: record.position, source: record.source, reason });
  }
  // What comes late, or is read again, has perhaps outlived its personal fields already. Where it is not known what is held, they are left to the
  // next round of fading.
  const holds = held ? held() : [];
  const kept = holds ? events.map((event) => fadedAt(event, now_ms, holds)) : events;
  if (kept.length > 0) await index.put(kept);
  batchIndexed(events, clock.now_ms());
}

type Unreadable = { readonly record: Delivered; readonly reason: string };

function sorted(batch: readonly Delivered[]): { events: YardlineEvent[]; dead: Unreadable[] } {
  const events: YardlineEvent[] = [];
  const dead: Unreadable[] = [];
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
