import { messageOf } from "@yardline/domain/errors";
import type { Logger } from "pino";
import { Counter } from "prom-client";

const failures = new Counter({
  name: "yardline_evidence_failures_total",
  help: "Bundles that could not be made, and rounds that could not remove what is over.",
});

/** An export could not be made; whoever asked for it sees why. */
export function evidenceFailed(log: Logger, id: string, thrown: unknown): void {
  failures.inc();
  log.error({ evidence: id, reason: messageOf(thrown) }, "An evidence bundle could not be made.");
}
