import { AppError } from "@yardline/domain/errors";
import type { Logger } from "pino";
import { Counter } from "prom-client";

const heard = new Counter({
  name: "yardline_camera_reports_total",
  help: "What cameras' own analytics reported, by kind, before repetitions became one event.",
  labelNames: ["camera", "kind"] as const,
});

const lost = new Counter({
  name: "yardline_camera_reports_lost_total",
  help: "Times that a camera's own analytics could not be asked any more, by the error's code.",
  labelNames: ["camera", "code"] as const,
});

export function reportHeard(camera: string, kind: string): void {
  heard.inc({ camera, kind });
}

/** @param again the time before failed as well: a device that is away for a week is one line. */
export function reportsLost(
  log: Logger,
  camera: string,
  error: unknown,
  { again }: { readonly again: boolean },
): void {
  const code = error instanceof AppError ? error.code : "ONVIF_ENDED";
  lost.inc({ camera, code });
  if (again) return;
  const why = error instanceof AppError ? error.message : "it ended the subscription";
  log.warn({ camera, code, why }, "What a camera's own analytics report is not heard; trying again.");
}

/** @param areas their places in the camera's record, from 0. */
export function masksDisagree(log: Logger, camera: string, areas: readonly number[]): void {
  log.error(
    { camera, areas },
    "The camera's own masks do not cover what its record says; draw them again in the camera.",
  );
}
