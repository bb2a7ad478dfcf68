import { setTimeout as delay } from "node:timers/promises";
import type { Polygon } from "@yardline/domain/camera";
import { findMaskFormat, keepMaskFormat } from "@yardline/records/mask-formats";
import type { Records } from "@yardline/records/records";
import { maskFormatUnkept } from "@yardline/telemetry/watching";
import type { Logger } from "pino";
import type { EdgeCamera } from "./edge.ts";

/** Between two tries to write a format down. */
const RETRY_MS = 5_000;

/** Of which pictures each camera's mask was drawn, also before this process was started. */
export type MaskFormats = {
  find(camera: string): string | undefined;
  /** Written down as soon as the records take it; nobody waits. */
  keep(camera: string, format: string): void;
};

type Parts = {
  readonly records: Pick<Records, "find" | "write">;
  readonly log: Logger;
  /** Ends the tries. */
  readonly signal: AbortSignal;
};

/** @throws AppError as `findMaskFormat` does: a camera whose mask may not fit is not opened. */
export async function openMaskFormats(
  cameras: readonly Pick<EdgeCamera, "id" | "record">[],
  { records, log, signal }: Parts,
): Promise<MaskFormats> {
  const masks = new Map<string, readonly Polygon[]>();
  const formats = new Map<string, string>();
  for (const { id, record } of cameras) {
    if (record.mask.form === "none-needed") continue;
    masks.set(id, record.mask.polygons);
    const format = await findMaskFormat(records, id, record.mask.polygons);
    if (format !== undefined) formats.set(id, format);
  }

  async function insist(camera: string, format: string): Promise<void> {
    while (!signal.aborted) {
      try {
        await keepMaskFormat(records, camera, masks.get(camera) ?? [], format);
        return;
      } catch (thrown) {
        maskFormatUnkept(log, camera, thrown);
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    find: (camera) => formats.get(camera),
    keep(camera, format) {
      formats.set(camera, format);
      void insist(camera, format);
    },
  };
}
