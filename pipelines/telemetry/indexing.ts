import type { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import type { Logger } from "pino";
import { Counter, Histogram } from "prom-client";

const indexed = new Counter({
  name: "yardline_index_statements_total",
  help: "Statements that the index has taken, by type.",
  labelNames: ["type"] as const,
});

const age = new Histogram({
  name: "yardline_index_opened_to_found_seconds",
  help: "From the anchor of a newly opened stay in view until a search finds it.",
  buckets: [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 30],
});

const retries = new Counter({
  name: "yardline_index_retries_total",
  help: "Times that indexing had to wait because index or bus were unavailable.",
  labelNames: ["code"] as const,
});

const letters = new Counter({
  name: "yardline_index_dead_letters_total",
  help: "Messages on the bus that are no events, set aside for a person to look at.",
});

export function batchIndexed(events: readonly YardlineEvent[], now_ms: EpochMs): void {
  for (const { type, revision, time } of events) {
    indexed.inc({ type });
    if (type === "yard.presence" && revision === 0) age.observe((now_ms - Date.parse(time)) / 1000);
  }
}

/** Nothing is lost: the same batch comes again after the wait. */
export function indexUnavailable(log: Logger, error: AppError, wait_ms: number): void {
  retries.inc({ code: error.code });
  log.warn({ code: error.code, wait_ms, reason: error.message }, "Indexing waits and tries again.");
}

export function letterFound(
  log: Logger,
  letter: { readonly position: string; readonly source: string; readonly reason: string },
): void {
  letters.inc();
  log.warn(letter, "A message on the bus is no event.");
}

const expired = new Counter({
  name: "yardline_index_periods_expired_total",
  help: "Periods of the index that every kind of event in them had outlived, and that are gone.",
});

export function indexExpired(log: Logger, periods: readonly string[]): void {
  expired.inc(periods.length);
  log.info({ periods }, "Periods of the index reached their age and are gone.");
}

/** Tried again within the hour. */
export function indexExpiryFailed(log: Logger, error: AppError): void {
  retries.inc({ code: error.code });
  log.warn({ code: error.code, reason: error.message }, "Old periods of the index could not be dropped.");
}
