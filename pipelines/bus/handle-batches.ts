import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Delivered, EventBus } from "./event-bus.ts";
import type { Topic } from "./topics.ts";

/** The first wait before trying again, doubled up to the second. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;

export type BatchHandling = {
  readonly bus: Pick<EventBus, "subscribe">;
  readonly topic: Topic;
  readonly group: string;
  /** Resolves once a batch is done with for good; doing it again changes nothing. What it throws leaves it undone. */
  handle(batch: readonly Delivered[]): Promise<void>;
  /** Something is away for now: the same batch comes again after the wait. */
  waits(error: AppError, wait_ms: number): void;
  /** Ends it once the batch under way is through. */
  readonly signal: AbortSignal;
};

/**
 * Handles a group's batches one after another, whatever is away in between: the bus, or what `handle` works on. Resolves after
 * the signal.
 * @throws AppError that no waiting mends, as `STORE_DAMAGED`.
 */
export async function handleBatches(work: BatchHandling): Promise<void> {
  const { bus, topic, group, handle, waits, signal } = work;
  let wait_ms = RETRY_MS_MIN;
  while (!signal.aborted) {
    try {
      for await (const batch of bus.subscribe(topic, group, signal)) {
        await handle(batch);
        wait_ms = RETRY_MS_MIN;
      }
      // A bus that was closed ends every subscription at once: to ask it again without a pause would take the whole process.
      if (!signal.aborted) await delay(wait_ms, undefined, { signal }).catch(() => undefined);
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.retryable)) throw thrown;
      if (signal.aborted) return;
      waits(thrown, wait_ms);
      await delay(wait_ms, undefined, { signal }).catch(() => undefined);
      wait_ms = Math.min(2 * wait_ms, RETRY_MS_MAX);
    }
  }
}
