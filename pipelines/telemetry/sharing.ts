import type { Logger } from "pino";
import { Counter, Gauge, Histogram } from "prom-client";

const waits = new Histogram({
  name: "yardline_detector_wait_seconds",
  help: "How long a camera's picture waited for its turn at the detector.",
  labelNames: ["camera"] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2],
});

const modes = new Counter({
  name: "yardline_camera_mode_seconds_total",
  help: "How long a camera was watched in each mode: idle (a picture a second), active (all), reduced (key frames only), lost (not at all).",
  labelNames: ["camera", "mode"] as const,
});

const reduced = new Gauge({
  name: "yardline_cameras_reduced",
  help: "Cameras that are watched by key frames only, because the box has too much to do.",
});

const troubles = new Counter({
  name: "yardline_detector_troubles_total",
  help: "What the detector's threads met: restarted (one died or hung), resting (several in a row; none is started for a while), dropped (a picture left a full queue).",
  labelNames: ["kind"] as const,
});

export function detectorTurn(camera: string, waited_ms: number): void {
  waits.observe({ camera }, Math.max(0, waited_ms) / 1000);
}

/** Pictures that are left out for newer ones are counted and not told one by one. */
export function detectorTroubled(
  log: Logger,
  trouble: { readonly kind: "dropped" | "restarted" | "resting"; readonly reason?: string },
): void {
  const { kind, reason } = trouble;
  troubles.inc({ kind });
  if (kind === "restarted") log.warn({ reason }, "A thread of the detector was replaced.");
  if (kind === "resting") {
    log.error({ reason }, "The detector failed again and again and rests for a while. Recording goes on.");
  }
}

export function cameraWasInMode(camera: string, mode: string, for_ms: number): void {
  modes.inc({ camera, mode }, for_ms / 1000);
}

/** Cameras were reduced or given back; said once when it begins and once when it is over, however many steps it takes. */
export function watchingReduced(log: Logger, now: readonly string[], before: readonly string[]): void {
  reduced.set(now.length);
  if (now.length > 0 && before.length === 0) {
    log.warn(
      { cameras: now },
      "The box has too much to do: cameras are watched by key frames only, beginning with these. Recording goes on.",
    );
  }
  if (now.length === 0 && before.length > 0) log.info("All cameras are watched in full again.");
}
