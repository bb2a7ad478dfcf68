import { type Frame, pictureBytes } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { RawPicture } from "./nut.ts";

/**
 * Puts a camera's name and capture time to decoded pictures: at most `rate_fps` a second of media time, each later than the
 * one before. A picture that is not of the size it was announced with gives none.
 */
export function createFrameMaker(
  { camera, rate_fps }: { readonly camera: string; readonly rate_fps: number },
  captureOf: (pts_ms: number) => EpochMs,
): (picture: RawPicture) => Frame | undefined {
  let last_cell = Number.NEGATIVE_INFINITY;
  let last_at_ms = Number.NEGATIVE_INFINITY;
  return ({ pts_s, width_px, height_px, data }) => {
    // The same cells as the decoder's filter has, for children that give more pictures than are asked for.
    const cell = Math.floor(pts_s * rate_fps + 0.001);
    if (cell <= last_cell || data.length !== pictureBytes(width_px, height_px, "yuv420p")) return undefined;
    last_cell = cell;
    last_at_ms = Math.max(last_at_ms + 1, captureOf(pts_s * 1000));
    return { camera, at_ms: last_at_ms, picture: { width_px, height_px, format: "yuv420p", data } };
  };
}
