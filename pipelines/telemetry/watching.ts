import type { AppError } from "@yardline/domain/errors";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram } from "prom-client";

const frames = new Counter({
  name: "yardline_camera_frames_total",
  help: "Frames of a camera, by what became of them: looked (the detector saw it), still (nothing new in it), dropped (too late), failed.",
  labelNames: ["camera", "outcome"] as const,
});

const take = new Histogram({
  name: "yardline_camera_frame_taken_seconds",
  help: "From the capture of a looked-at frame to its tracks and findings.",
  labelNames: ["camera"] as const,
  buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
});

const tracks = new Gauge({
  name: "yardline_camera_tracks",
  help: "Objects followed now.",
  labelNames: ["camera"] as const,
});

const state = new Gauge({
  name: "yardline_camera_watching",
  help: "1 while the camera gives pictures, else 0.",
  labelNames: ["camera"] as const,
});

const stages = new Histogram({
  name: "yardline_yard_event_stage_seconds",
  help: "From the capture of the first frame that shows an object to each stage of its event.",
  labelNames: ["stage"] as const,
  buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 5],
});

const unsaid = new Counter({
  name: "yardline_camera_statements_unsaid_total",
  help: "Statements of a camera that were given up, by why.",
  labelNames: ["camera", "reason"] as const,
});

const snapshots = new Counter({
  name: "yardline_camera_snapshots_failed_total",
  help: "Snapshots that could not be made or stored; the event goes without.",
  labelNames: ["camera"] as const,
});

const expired = new Counter({
  name: "yardline_camera_media_expired_total",
  help: "Segments and snapshots dropped because their camera's record allows them no longer.",
  labelNames: ["camera"] as const,
});

const turns = new Counter({
  name: "yardline_camera_turned_total",
  help: "Times that somebody turned a camera to one of its saved views.",
  labelNames: ["camera"] as const,
});

export function cameraTurnedTo(log: Logger, camera: string, view: string): void {
  turns.inc({ camera });
  log.info({ camera, view }, "A camera was turned to a saved view.");
}

/** What became of one frame. */
export type FrameOutcome = "looked" | "still" | "dropped" | "failed";

export function frameTaken(camera: string, outcome: FrameOutcome, age_ms?: number, followed?: number): void {
  frames.inc({ camera, outcome });
  if (outcome === "looked" && age_ms !== undefined) take.observe({ camera }, Math.max(0, age_ms) / 1000);
  if (followed !== undefined) tracks.set({ camera }, followed);
}

/** One frame could not be looked at; of several in a row only the first is told. */
export function frameFailed(
  log: Logger,
  camera: string,
  error: unknown,
  { again }: { again: boolean },
): void {
  frames.inc({ camera, outcome: "failed" });
  log[again ? "debug" : "warn"]({ camera, err: error }, "A frame could not be watched.");
}

export type CameraState = "connecting" | "watching" | "reduced" | "lost" | "paused" | "closed";

export function cameraChanged(log: Logger, camera: string, now: CameraState, reason?: string): void {
  state.set({ camera }, now === "watching" || now === "reduced" ? 1 : 0);
  const quiet = now !== "lost" && now !== "closed";
  log[quiet ? "info" : "warn"](
    { camera, state: now, ...(reason !== undefined && { reason }) },
    "A camera changed.",
  );
}

/** Milliseconds from the capture of the first frame that shows the object. */
export type EventStages = {
  /** The detector had seen that frame. */
  readonly detected_ms: number;
  /** The rule was sure. */
  readonly opened_ms: number;
  /** The statement was on the bus. */
  readonly acknowledged_ms: number;
};

export function yardEventOpened(
  log: Logger,
  event: { readonly camera: string; readonly occurrence: string; readonly type: string },
  { detected_ms, opened_ms, acknowledged_ms }: EventStages,
): void {
  stages.observe({ stage: "detected" }, detected_ms / 1000);
  stages.observe({ stage: "opened" }, opened_ms / 1000);
  stages.observe({ stage: "acknowledged" }, acknowledged_ms / 1000);
  log.info({ ...event, detected_ms, opened_ms, acknowledged_ms }, "A yard event is open.");
}

/** `full`: too many wait for the bus; `refused`: it can never be said; `stopped`: the process ends first. */
export type UnsaidReason = "full" | "refused" | "stopped";

export function statementUnsaid(log: Logger, camera: string, reason: UnsaidReason, error?: unknown): void {
  unsaid.inc({ camera, reason });
  log.error({ camera, reason, ...(error !== undefined && { err: error }) }, "A statement was given up.");
}

export function snapshotFailed(log: Logger, camera: string, error: unknown): void {
  snapshots.inc({ camera });
  log.warn({ camera, err: error }, "A snapshot failed; its event goes without.");
}

export function mediaExpired(log: Logger, camera: string, things: number): void {
  expired.inc({ camera }, things);
  if (things > 0) log.info({ camera, things }, "Pictures that may be kept no longer are gone.");
}

/** Of which pictures a mask was drawn would be forgotten by a restart. */
export function maskFormatUnkept(log: Logger, camera: string, error: unknown): void {
  log.error({ camera, err: error }, "What a mask was drawn for could not be written down; trying again.");
}

/** Pictures outlive what their camera's record allows: somebody must act. */
export function expiryFailed(log: Logger, camera: string, error: unknown): void {
  log.error(
    { camera, err: error },
    "Pictures that may be kept no longer could not be dropped; trying again.",
  );
}

/** Said again within a second. */
export function cameraStatusUntold(log: Logger, { code, message }: AppError): void {
  log.warn({ code, why: message }, "How the cameras are could not be told.");
}

export function cameraStatusUnread(log: Logger, position: string): void {
  log.warn({ position }, "A message about a camera could not be read.");
}
