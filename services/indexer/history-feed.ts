import { setTimeout as delay } from "node:timers/promises";
import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { YardlineEvent } from "@yardline/events/event";
import { readEvent } from "@yardline/events/read-event";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import type { History } from "@yardline/history/history";
import { visitOfEvent } from "@yardline/history/visit-of-event";
import { historyUnavailable, visitsUnread } from "@yardline/telemetry/history";
import type { Logger } from "pino";

/** The consumer group on the bus: where it stopped is where it goes on. */
const GROUP = "history";
/** The first wait before trying again, doubled up to the second. */
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;

export type HistoryFeedParts = {
  readonly bus: Pick<EventBus, "subscribe">;
  readonly history: Pick<History, "append">;
  /** Of statements that name no time zone: those made before they did. UTC where it is not given. */
  readonly timezone?: string;
  readonly log: Logger;
  /** Ends it once the batch under way is through. */
  readonly signal: AbortSignal;
};

/**
 * Carries stop visits from the bus into the planners' history, in batches, each handled only when the history has it. While
 * either is away it waits, and asks the bus for the same batch again: appending twice changes nothing. What is no stop visit is
 * passed over; what is no event at all is the indexer's to set aside. Resolves after the signal.
 * @throws AppError that no waiting mends, as `STORE_DAMAGED`.
 */
export async function runHistoryFeed(parts: HistoryFeedParts): Promise<void> {
  const { bus, log, signal } = parts;
  let wait_ms = RETRY_MS_MIN;
  while (!signal.aborted) {
    try {
      for await (const batch of bus.subscribe("events", GROUP, signal)) {
        await feedBatch(parts, batch);
        wait_ms = RETRY_MS_MIN;
      }
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.retryable)) throw thrown;
      historyUnavailable(log, thrown, wait_ms);
      await delay(wait_ms, undefined, { signal }).catch(() => undefined);
      wait_ms = Math.min(2 * wait_ms, RETRY_MS_MAX);
    }
  }
}

async function feedBatch(
  { history, timezone = "UTC", log }: HistoryFeedParts,
  batch: readonly Delivered[],
): Promise<void> {
  const statements = batch.map(eventOf).filter((event) => event?.dataschema === transitStopVisit.dataschema);
  const visits = statements.flatMap((event) => (event && visitOfEvent(event, timezone)) ?? []);
  if (visits.length > 0) await history.append(visits);
  visitsUnread(log, statements.length - visits.length);
}

function eventOf({ body }: Delivered): YardlineEvent | undefined {
  try {
    return readEvent(body);
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
}
