import type { PostgresWatch } from "@yardline/records/postgres-pool";
import type { Logger } from "pino";
import { Counter } from "prom-client";

const failures = new Counter({
  name: "yardline_records_failures_total",
  help: "Calls that PostgreSQL did not answer or that were refused since too many waited, and connections lost while idle.",
});

/** What Records in PostgreSQL tell about themselves. */
export function watchRecords(log: Logger): PostgresWatch {
  return {
    failed({ code, message }) {
      failures.inc();
      log.error({ code, why: message }, "Records could not be reached.");
    },
  };
}
