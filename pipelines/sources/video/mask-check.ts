import type { Polygon } from "@yardline/domain/camera";
import type { Picture } from "@yardline/domain/picture";
import { edgesAcross } from "./polygon-edges.ts";

/** Black in limited range, which is what the filter paints. */
const MASK_LUMA = 16;
const MASK_CHROMA = 128;

/** The pixels of one row that lie in a mask: from inclusive, to exclusive. */
export type Span = { readonly row: number; readonly from: number; readonly to: number };

/**
 * An independent check of what ffmpeg painted: whether every pixel whose centre lies in one of the polygons is black, in
 * brightness and in both colours. @returns a function for pictures of one size; a picture of another size fails.
 */
export function createMaskCheck(
  polygons: readonly Polygon[],
  width_px: number,
  height_px: number,
): (picture: Picture) => boolean {
  const luma = maskSpans(polygons, width_px, height_px);
  const [chroma_width, chroma_height] = [Math.ceil(width_px / 2), Math.ceil(height_px / 2)];
  const chroma = maskSpans(polygons, chroma_width, chroma_height);
  const [u_at, v_at] = [width_px * height_px, width_px * height_px + chroma_width * chroma_height];
  return (picture) =>
    picture.format === "yuv420p" &&
    picture.width_px === width_px &&
    picture.height_px === height_px &&
    isConstant(picture.data, luma, 0, width_px, MASK_LUMA) &&
    isConstant(picture.data, chroma, u_at, chroma_width, MASK_CHROMA) &&
    isConstant(picture.data, chroma, v_at, chroma_width, MASK_CHROMA);
}

function isConstant(data: Uint8Array, spans: readonly Span[], at: number, stride: number, value: number) {
  return spans.every(({ row, from, to }) => {
    const start = at + row * stride;
    for (let i = start + from; i < start + to; i++) if (data[i] !== value) return false;
    return true;
  });
}

/** The pixels whose centres lie in one of the polygons, row by row. */
export function maskSpans(polygons: readonly Polygon[], width: number, height: number): readonly Span[] {
  return polygons.flatMap((polygon) =>
    Array.from({ length: height }, (_, row) => row).flatMap((row) => {
      const y = (row + 0.5) / height;
      const crossings = edgesAcross(polygon, y, y)
        .map(({ x_top }) => x_top * width)
        .sort((a, b) => a - b);
      return crossings.flatMap((left, at) => {
        const right = crossings[at + 1];
        if (at % 2 === 1 || right === undefined) return [];
        const [from, to] = [Math.max(0, Math.ceil(left - 0.5)), Math.min(width, Math.ceil(right - 0.5))];
        return from < to ? [{ row, from, to }] : [];
      });
    }),
  );
}
