import { setTimeout as delay } from "node:timers/promises";
import { expiryFailed, mediaExpired } from "@yardline/telemetry/watching";
import type { EdgeCamera, EdgeParts } from "./edge.ts";

/** Pictures live at most this much longer than their camera's record allows. */
const EVERY_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/** Drops each camera's pictures that are older than its record allows, now and then, until `signal` aborts. */
export async function keepRetention(
  cameras: readonly EdgeCamera[],
  { media, clock, log }: Pick<EdgeParts, "media" | "clock" | "log">,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const { id, record } of cameras) {
      try {
        const gone = await media.expire(id, clock.now_ms() - record.retention_h * HOUR_MS);
        mediaExpired(log, id, gone);
      } catch (thrown) {
        expiryFailed(log, id, thrown);
      }
    }
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
