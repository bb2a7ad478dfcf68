import type { AppError } from "@yardline/domain/errors";
import type { HistoryWatch } from "@yardline/history/duckdb";
import type { Logger } from "pino";
import { Counter, Histogram } from "prom-client";

const visits = new Counter({
  name: "yardline_history_visits_total",
  help: "Stop visits brought to the planners' history: taken, kept out by a higher revision, refused because their day is out of bounds.",
  labelNames: ["fate"] as const,
});

const unreadable = new Counter({
  name: "yardline_history_statements_unreadable_total",
  help: "Statements about stop visits whose time zone nobody knows.",
});

const retries = new Counter({
  name: "yardline_history_retries_total",
  help: "Times that stop visits had to wait because history or bus were unavailable.",
  labelNames: ["code"] as const,
});

const took = new Histogram({
  name: "yardline_history_operation_seconds",
  help: "From handing an operation to DuckDB to its answer.",
  labelNames: ["operation"] as const,
  buckets: [0.03, 0.1, 0.3, 1, 3, 10, 30],
});

const failures = new Counter({
  name: "yardline_history_failures_total",
  help: "Operations of DuckDB without an answer, by error code.",
  labelNames: ["operation", "code"] as const,
});

const deaths = new Counter({
  name: "yardline_history_deaths_total",
  help: "Times that DuckDB's process was gone in the middle of an operation.",
});

const days = new Counter({
  name: "yardline_history_days_total",
  help: "Service days by what became of them: closed into a file, expired and removed.",
  labelNames: ["fate"] as const,
});

const closingFailures = new Counter({
  name: "yardline_history_closing_failures_total",
  help: "Times that service days could not be closed, by error code.",
  labelNames: ["code"] as const,
});

/** What the planners' history tells about itself. */
export function watchHistory(log: Logger): HistoryWatch {
  return {
    appended({ taken, kept, refused }) {
      visits.inc({ fate: "taken" }, taken);
      visits.inc({ fate: "kept" }, kept);
      visits.inc({ fate: "refused" }, refused);
      if (refused > 0) log.warn({ refused }, "Stop visits are too old for the history, or of days to come.");
    },
    asked(operation, took_ms, code) {
      took.observe({ operation }, took_ms / 1000);
      if (code !== undefined) failures.inc({ operation, code });
    },
    died(operation, how) {
      deaths.inc();
      log.error({ operation, how }, "DuckDB's process was gone; the next question starts another.");
    },
    dayClosed(service_date) {
      days.inc({ fate: "closed" });
      log.info({ service_date }, "A service day is closed into its file.");
    },
    dayExpired(service_date) {
      days.inc({ fate: "expired" });
      log.info({ service_date }, "A service day was kept long enough and is gone.");
    },
    closingFailed({ code, message }) {
      closingFailures.inc({ code });
      log.error(
        { code, why: message },
        "Service days could not be closed; they stay as they are and are tried again.",
      );
    },
  };
}

export function visitsUnread(log: Logger, count: number): void {
  if (count === 0) return;
  unreadable.inc(count);
  log.warn({ count }, "Stop visits name a time zone that nobody knows.");
}

/** Nothing is lost: the same batch comes again after the wait. */
export function historyUnavailable(log: Logger, error: AppError, wait_ms: number): void {
  retries.inc({ code: error.code });
  log.warn({ code: error.code, wait_ms, why: error.message }, "The history waits and tries again.");
}
