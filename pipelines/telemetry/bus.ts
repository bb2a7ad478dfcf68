import type { BusWatch } from "@yardline/bus/bus-watch";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram } from "prom-client";

const published = new Counter({
  name: "yardline_bus_records_published_total",
  help: "Records that are kept: on disk, or on enough brokers.",
  labelNames: ["topic"] as const,
});

const took = new Histogram({
  name: "yardline_bus_transaction_seconds",
  help: "From handing a batch to the disk or a broker to its acknowledgement.",
  labelNames: ["topic"] as const,
  buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
});

const refused = new Counter({
  name: "yardline_bus_records_refused_total",
  help: "Records that were not taken because too many waited already.",
  labelNames: ["topic"] as const,
});

const failed = new Counter({
  name: "yardline_bus_failures_total",
  help: "Times that the disk or the brokers refused, by error code.",
  labelNames: ["topic", "code"] as const,
});

const expired = new Counter({
  name: "yardline_bus_days_expired_total",
  help: "Days of records that reached their age and were removed.",
  labelNames: ["topic"] as const,
});

const lag = new Gauge({
  name: "yardline_bus_lag_records",
  help: "Records that a group has not handled yet.",
  labelNames: ["topic", "group"] as const,
});

const rejoins = new Counter({
  name: "yardline_bus_rejoins_total",
  help: "Times that a reader lost its brokers or its place in its group and joined anew.",
  labelNames: ["topic", "code"] as const,
});

const said = new Counter({
  name: "yardline_bus_client_warnings_total",
  help: "Warnings and errors of the Kafka client, most of which mend themselves.",
  labelNames: ["level"] as const,
});

/** What a bus tells about itself. */
export function watchBus(log: Logger): BusWatch {
  return {
    published(topic, records, took_ms) {
      published.inc({ topic }, records);
      took.observe({ topic }, took_ms / 1000);
    },
    refused(topic, records) {
      refused.inc({ topic }, records);
      log.warn({ topic, records }, "Records were refused: too many wait already.");
    },
    failed(topic, records, error) {
      failed.inc({ topic, code: error.code });
      log.error({ topic, records, code: error.code, why: error.message }, "The bus could not keep records.");
    },
    expired(topic, day) {
      expired.inc({ topic });
      log.info({ topic, day }, "A day of records reached its age and is gone.");
    },
    lagging(topic, group, records) {
      lag.set({ topic, group }, records);
    },
    rejoining(topic, group, error) {
      rejoins.inc({ topic, code: error.code });
      log.warn({ topic, group, code: error.code, why: error.message }, "A reader of the bus joins anew.");
    },
    said(level, message) {
      said.inc({ level });
      log.debug({ level, said: message }, "The Kafka client says something.");
    },
  };
}
