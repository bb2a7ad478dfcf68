import type { Logger } from "pino";
import { Counter, Gauge } from "prom-client";

const checkpoints = new Counter({
  name: "yardline_audit_checkpoints_total",
  help: "Checkpoints of the audit log that left this machine, or could not; those are tried again each minute.",
  labelNames: ["place", "fate"] as const,
});

const entries = new Gauge({
  name: "yardline_audit_entries",
  help: "Entries that the audit log has ever had.",
});

const short = new Gauge({
  name: "yardline_audit_without_reserve",
  help: "1 while the audit log has no room in reserve, because the disk is full.",
});

export function checkpointSent(place: string): void {
  checkpoints.inc({ place, fate: "sent" });
}

export function checkpointFailed(log: Logger, place: string, why: string): void {
  checkpoints.inc({ place, fate: "failed" });
  log.error({ place, why }, "A checkpoint of the audit log could not leave this machine; it is tried again.");
}

export function auditIs(log: Logger, size: number, trouble: string | undefined): void {
  entries.set(size);
  short.set(trouble === undefined ? 0 : 1);
  if (trouble !== undefined) log.error({ trouble }, "The audit log is short of room.");
}

export function auditShortened(log: Logger, gone: number): void {
  log.info({ gone }, "The beginning of the audit log was let go: its time is over.");
}

export function auditUnkept(log: Logger, why: string): void {
  log.error({ why }, "The audit log could not be looked after; it is tried again.");
}
