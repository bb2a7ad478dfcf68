import type { BusWatch } from "@yardline/bus/embedded-topic";
import type { Logger } from "pino";
import { Counter, Histogram } from "prom-client";

const published = new Counter({
  name: "yardline_bus_records_published_total",
  help: "Records that are on disk.",
  labelNames: ["topic"] as const,
});

const took = new Histogram({
  name: "yardline_bus_transaction_seconds",
  help: "From handing a transaction to the disk to its acknowledgement.",
  labelNames: ["topic"] as const,
  buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
});

const refused = new Counter({
  name: "yardline_bus_records_refused_total",
  help: "Records that were not taken because too many waited for the disk already.",
  labelNames: ["topic"] as const,
});

const failed = new Counter({
  name: "yardline_bus_failures_total",
  help: "Times that the disk refused, by error code.",
  labelNames: ["topic", "code"] as const,
});

const expired = new Counter({
  name: "yardline_bus_days_expired_total",
  help: "Days of records that reached their age and were removed.",
  labelNames: ["topic"] as const,
});

/** What the embedded bus tells about itself. */
export function watchBus(log: Logger): BusWatch {
  return {
    published(topic, records, took_ms) {
      published.inc({ topic }, records);
      took.observe({ topic }, took_ms / 1000);
    },
    refused(topic, records) {
      refused.inc({ topic }, records);
      log.warn({ topic, records }, "Records were refused: too many wait for the disk.");
    },
    failed(topic, records, error) {
      failed.inc({ topic, code: error.code });
      log.error({ topic, records, code: error.code, why: error.message }, "The bus could not use its disk.");
    },
    expired(topic, day) {
      expired.inc({ topic });
      log.info({ topic, day }, "A day of records reached its age and is gone.");
    },
  };
}
