import type { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram } from "prom-client";

const indexed = new Counter({
  name: "yardline_index_statements_total",
  help: "Statements that the index has taken, by type.",
  labelNames: ["type"] as const,
});

const lag = new Gauge({
  name: "yardline_index_lag_statements",
  help: "Statements on the bus that the index has not taken yet.",
});

const age = new Histogram({
  name: "yardline_index_opened_to_found_seconds",
  help: "From the anchor of a newly opened stay in view until a search finds it.",
  buckets: [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5, 30],
});

const retries = new Counter({
  name: "yardline_index_retries_total",
  help: "Times that indexing had to wait because index, records or bus were unavailable.",
  labelNames: ["code"] as const,
});

const letters = new Counter({
  name: "yardline_index_dead_letters_total",
  help: "Messages on the bus that are no events: kept for a person to look at, or dropped because too many are kept already.",
  labelNames: ["fate"] as const,
});

export function batchIndexed(events: readonly YardlineEvent[], now_ms: EpochMs, behind: number): void {
  lag.set(behind);
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
  fate: "kept" | "dropped",
): void {
  letters.inc({ fate });
  log.warn({ ...letter, fate }, "A message on the bus is no event.");
}
