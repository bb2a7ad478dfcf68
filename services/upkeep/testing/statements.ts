import type { Clock } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import type { Said } from "@yardline/records/revise";

/** What a producer says of a camera that is away, the n-th time. */
export function lost(camera: string, attempts: number, state: Said["state"] = "open"): Said {
  const data = { camera, since: "2026-11-22T06:00:00.000Z", why: "silent" as const, attempts };
  return { eventType: cameraLost, source: `camera/${camera}`, data, state, severity: "notice" };
}

/** A clock on which each look is a minute after the last one, so that no update comes too soon. */
export function hastyClock(): Clock {
  let now_ms = Date.parse("2026-11-22T06:00:00Z");
  return { now_ms: () => (now_ms += 60_000), monotonic_ms: () => performance.now() };
}
