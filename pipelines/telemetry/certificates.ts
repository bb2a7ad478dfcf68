import type { EpochMs } from "@yardline/domain/time";
import type { Logger } from "pino";
import { Counter, Gauge } from "prom-client";

const ends = new Gauge({
  name: "yardline_certificate_end_timestamp_seconds",
  help: "When the certificate that the page is served with ends; 0 while there is none.",
});

const failures = new Counter({
  name: "yardline_certificate_failures_total",
  help: "Times that a certificate could not be obtained or taken into use, by error code.",
  labelNames: ["code"] as const,
});

/** Another certificate is served from now on. */
export function certificateTaken(log: Logger, name: string, until_ms: EpochMs): void {
  ends.set(until_ms / 1_000);
  log.info({ name, until: new Date(until_ms).toISOString() }, "The page is served with another certificate.");
}

/** The one before stays in use. */
export function certificateMissed(log: Logger, name: string, code: string, reason: string): void {
  failures.inc({ code });
  log.warn({ name, code, reason }, "No new certificate; it is tried again.");
}
