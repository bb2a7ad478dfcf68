import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { EventIndex } from "@yardline/index/event-index";
import { indexExpired, indexExpiryFailed } from "@yardline/telemetry/indexing";
import type { Logger } from "pino";

/** Events live at most this much longer than their kind allows, and the rest of their period. */
const EVERY_MS = 3_600_000;

export type RetentionParts = {
  readonly index: Pick<EventIndex, "expire">;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Told the names of the periods that went, to be written down as proof. */
  gone?(periods: readonly string[]): void;
};

/** Drops the periods of the index that every kind of event in them has outlived, now and then, until the signal. */
export async function keepIndexRetention({
  index,
  clock,
  log,
  signal,
  gone: told,
}: RetentionParts): Promise<void> {
  while (!signal.aborted) {
    try {
      const gone = await index.expire(clock.now_ms());
      if (gone.length > 0) indexExpired(log, gone);
      if (gone.length > 0) told?.(gone);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      indexExpiryFailed(log, thrown);
    }
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
