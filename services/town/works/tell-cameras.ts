import { setTimeout as delay } from "node:timers/promises";
import type { CameraStatus, CameraView } from "@yardline/api/camera-parts";
import { AppError } from "@yardline/domain/errors";
import { cameraStatusUntold } from "@yardline/telemetry/watching";
import type { Site } from "../site.ts";

/** How often it is looked whether something changed. */
const LOOK_EVERY_MS = 1_000;
/** Everything is said again so often, so that silence means something. */
export const REPEAT_EVERY_MS = 60_000;

/** Tells other processes how the cameras are: what changed at once, everything now and then. */
export async function startTellingCameras(
  { stores, parts, clock, log }: Site,
  cameras: CameraView,
  signal: AbortSignal,
): Promise<void> {
  const bus = await stores.bus();
  const told = new Map<string, { readonly text: string; readonly at_ms: number }>();
  const isDue = (status: CameraStatus, text: string): boolean => {
    const last = told.get(status.id);
    return last?.text !== text || clock.monotonic_ms() - last.at_ms >= REPEAT_EVERY_MS;
  };

  async function tell(): Promise<void> {
    const due = cameras
      .listCameras()
      .map((status) => ({ status, text: JSON.stringify(status) }))
      .filter(({ status, text }) => isDue(status, text));
    const records = due.map(({ status: { id }, text }) => ({
      key: id,
      source: `camera/${id}`,
      body: new TextEncoder().encode(text),
    }));
    await bus.publish("cameras", records);
    for (const { status, text } of due) told.set(status.id, { text, at_ms: clock.monotonic_ms() });
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await tell().catch((thrown: unknown) => {
        if (!(thrown instanceof AppError)) throw thrown;
        cameraStatusUntold(log, thrown);
      });
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  parts.run("camera status", false, run());
}
