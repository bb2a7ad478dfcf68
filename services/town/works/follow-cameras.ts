import { setTimeout as delay } from "node:timers/promises";
import type { CameraStatus, CameraView } from "@yardline/api/camera-parts";
import { type Delivered, OLDEST } from "@yardline/bus/event-bus";
import { isOfTenant } from "@yardline/bus/record-source";
import { AppError } from "@yardline/domain/errors";
import { cameraStatusUnread } from "@yardline/telemetry/watching";
import type { Site } from "../site.ts";
import { BOX_SILENT, readCameraStatus } from "./camera-status.ts";
import { REPEAT_EVERY_MS } from "./tell-cameras.ts";

/** A camera of which nobody spoke for so long is shown as lost: its box is off, or cut off. */
const SILENT_MS = 3 * REPEAT_EVERY_MS;
const RETRY_MS = 1_000;

/** How the cameras are by what their edges tell on the bus. */
export async function followCameras(
  { config, stores, parts, clock, log }: Site,
  signal: AbortSignal,
): Promise<CameraView> {
  const bus = await stores.bus();
  const known = new Map<string, { readonly status: CameraStatus; readonly heard_ms: number }>();

  const take = ({ source, body, position }: Delivered): void => {
    if (!isOfTenant(source, config.town.tenant)) return;
    const status = readCameraStatus(body);
    if (status) known.set(status.id, { status, heard_ms: clock.now_ms() });
    else cameraStatusUnread(log, position);
  };

  async function run(): Promise<void> {
    let position = OLDEST;
    while (!signal.aborted) {
      try {
        for await (const batch of bus.tail("cameras", position, signal)) {
          batch.forEach(take);
          position = batch.at(-1)?.position ?? position;
        }
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  parts.run("camera status", true, run());
  return {
    listCameras: () =>
      [...known.values()]
        .map(({ status, heard_ms }) => asHeard(status, heard_ms, clock.now_ms()))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function asHeard(status: CameraStatus, heard_ms: number, now_ms: number): CameraStatus {
  if (now_ms - heard_ms < SILENT_MS) return status;
  return { ...status, state: "lost", since_ms: heard_ms, reason: BOX_SILENT };
}
