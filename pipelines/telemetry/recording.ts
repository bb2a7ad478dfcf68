import type { Logger } from "pino";
import { Counter, Gauge } from "prom-client";

const made_room = new Counter({
  name: "yardline_media_made_room_total",
  help: "Segments and snapshots dropped for want of disk, by camera and by whether an event refers to them.",
  labelNames: ["camera", "wanted"] as const,
});

const made_room_bytes = new Counter({
  name: "yardline_media_made_room_bytes_total",
  help: "Bytes dropped for want of disk.",
  labelNames: ["camera"] as const,
});

const short = new Gauge({
  name: "yardline_media_disk_short_bytes",
  help: "Bytes that the disk's budget is exceeded by and that nothing may be dropped for: 0 when all is well.",
});

const plain = new Counter({
  name: "yardline_media_plain_dropped_total",
  help: "Segments dropped before their camera's time because no event refers to them, as the settings ask.",
  labelNames: ["camera"] as const,
});

const unnoted = new Counter({
  name: "yardline_media_gap_notes_failed_total",
  help: "Times that a gap in the recording could not be written down; it is tried again.",
  labelNames: ["camera"] as const,
});

const unprotected = new Counter({
  name: "yardline_media_periods_unprotected_total",
  help: "Statements whose recording could not be marked as wanted.",
  labelNames: ["camera"] as const,
});

/** Recording went because the disk is full: a gap that somebody must know of. */
export function roomMade(
  log: Logger,
  camera: string,
  gone: { readonly things: number; readonly bytes: number; readonly wanted: number },
): void {
  made_room.inc({ camera, wanted: "no" }, gone.things - gone.wanted);
  made_room.inc({ camera, wanted: "yes" }, gone.wanted);
  made_room_bytes.inc({ camera }, gone.bytes);
  log[gone.wanted > 0 ? "error" : "warn"](
    { camera, ...gone },
    "Recordings were dropped because the disk is full.",
  );
}

/** @param bytes that are still missing; above 0 all that is left is held, or the disk is filled by others. */
export function diskIsShort(log: Logger, bytes: number): void {
  short.set(bytes);
  if (bytes > 0) log.error({ bytes }, "The disk is full and no recording may be dropped; free some space.");
}

/** The disk could not be looked at, or not be freed. */
export function roomNotMade(log: Logger, error: unknown): void {
  log.error({ err: error }, "No room could be made on the disk; trying again.");
}

export function plainDropped(log: Logger, camera: string, things: number): void {
  plain.inc({ camera }, things);
  if (things > 0) log.debug({ camera, things }, "Recording that no event refers to is gone.");
}

export function gapUnnoted(log: Logger, camera: string, error: unknown): void {
  unnoted.inc({ camera });
  log.warn({ camera, err: error }, "A gap in the recording could not be written down yet.");
}

export function periodUnprotected(log: Logger, camera: string, error: unknown): void {
  unprotected.inc({ camera });
  log.error({ camera, err: error }, "The recording of an event could not be marked as wanted.");
}
