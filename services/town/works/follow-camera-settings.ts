import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { cameraSettingsRefused } from "@yardline/telemetry/settings";
import type { CameraConfig } from "../camera-config.ts";
import { listKeptCameras } from "../camera-settings.ts";
import type { Site } from "../site.ts";

/** How often it is looked whether somebody changed a camera: they wait for it in front of the page. */
const LOOK_MS = 2_000;

/**
 * Watches what pages set up, begun anew when they change it, also from another process.
 * @param use takes the cameras; where it refuses, those before stay in use and health says why.
 */
export async function followCameraSettings(
  { stores, parts, log }: Pick<Site, "parts" | "log"> & { readonly stores: Pick<Site["stores"], "records"> },
  use: (cameras: readonly CameraConfig[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const records = await stores.records();
  let inUse: string | undefined;
  let trouble: string | undefined;

  async function look(): Promise<void> {
    try {
      const kept = await listKeptCameras(records);
      const marks = kept.map(({ id, revision }) => `${id} ${revision}`).join("\n");
      // What was refused is tried again: a store that was away comes back, and settings that are in use already change nothing.
      if (marks === inUse && trouble === undefined) return;
      inUse = marks;
      await use(kept.map(({ settings }) => settings));
      trouble = undefined;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (trouble !== thrown.message) cameraSettingsRefused(log, thrown);
      trouble = thrown.message;
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await look();
    }
  }

  await look();
  parts.run("camera settings", false, run(), () =>
    trouble === undefined ? undefined : { code: "camera-settings-refused", message: trouble },
  );
}
