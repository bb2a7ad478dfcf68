import type { Logger } from "pino";
import { Counter } from "prom-client";

const paused = new Counter({
  name: "yardline_camera_paused_total",
  help: "Times that a camera began to heed a privacy pause, restarts included.",
  labelNames: ["camera"] as const,
});

const unread = new Counter({
  name: "yardline_camera_pauses_unread_total",
  help: "Times that it could not be looked up which cameras are paused; each then goes on as it was.",
});

export function cameraPausedOn(log: Logger, camera: string): void {
  paused.inc({ camera });
  log.info({ camera }, "A camera is paused: nothing of it is decoded or recorded.");
}

export function pausesUnread(log: Logger, error: unknown): void {
  unread.inc();
  log.warn({ err: error }, "It could not be looked up which cameras are paused; each goes on as it was.");
}

export function pausesUntold(log: Logger, error: unknown): void {
  log.warn(
    { err: error },
    "A pause could not be told as an event; it is tried again, and holds all the same.",
  );
}
