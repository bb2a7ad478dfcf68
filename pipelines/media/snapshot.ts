import type { Box } from "@yardline/domain/box";
import { AppError } from "@yardline/domain/errors";
import type { Picture } from "@yardline/domain/picture";
import sharp from "sharp";

const WIDTH_MAX_PX = 1280;
const QUALITY = 80;
/** The frame around what was found: orange, which neither asphalt nor leaves have. */
const FRAME_COLOR = "#ff7800";
/** No snapshot of ours is larger. */
const PIXELS_MAX = 4_000_000;

/**
 * A picture as JPEG, at most 1280 px wide. Nothing but the picture is in the file: no time, no place, no camera, and no frame, which
 * `framed` draws for whoever wants one.
 */
export async function snapshotOf(picture: Picture): Promise<Uint8Array> {
  const { width_px, height_px } = picture;
  return sharp(rgbOf(picture), { raw: { width: width_px, height: height_px, channels: 3 } })
    .resize({ width: WIDTH_MAX_PX, withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/**
 * The same JPEG with a frame drawn just around a box.
 * @throws AppError `PICTURE_UNREADABLE` for bytes that are no JPEG.
 */
export async function framed(jpeg: Uint8Array, box: Box): Promise<Uint8Array> {
  try {
    const picture = sharp(jpeg, { limitInputPixels: PIXELS_MAX });
    const { width, height } = await picture.metadata();
    return await picture
      .composite([{ input: Buffer.from(frameAround(box, width, height)) }])
      .jpeg({ quality: QUALITY })
      .toBuffer();
  } catch (cause) {
    throw new AppError("PICTURE_UNREADABLE", "The stored picture cannot be read.", { cause });
  }
}

/** R, G, B bytes of a picture, in memory of their own: limited-range BT.601 in 16.16 fixed point (ITU-R BT.601-7, 2.5). */
export function rgbOf({ data, width_px, height_px, format }: Picture): Uint8Array {
  if (format === "rgb24") return Uint8Array.from(data);
  const rgb = new Uint8ClampedArray(width_px * height_px * 3);
  const chroma_width = Math.ceil(width_px / 2);
  const u_at = width_px * height_px;
  const v_at = u_at + chroma_width * Math.ceil(height_px / 2);
  let to = 0;
  for (let y = 0; y < height_px; y++) {
    const row = y * width_px;
    const chroma_row = (y >> 1) * chroma_width;
    for (let x = 0; x < width_px; x++) {
      const chroma = chroma_row + (x >> 1);
      const luma = 76309 * ((data[row + x] ?? 16) - 16) + 32768;
      const u = (data[u_at + chroma] ?? 128) - 128;
      const v = (data[v_at + chroma] ?? 128) - 128;
      rgb[to++] = (luma + 104597 * v) >> 16;
      rgb[to++] = (luma - 25675 * u - 53279 * v) >> 16;
      rgb[to++] = (luma + 132201 * u) >> 16;
    }
  }
  return new Uint8Array(rgb.buffer);
}

/** An SVG of numbers alone. */
function frameAround({ left, top, right, bottom }: Box, width_px: number, height_px: number): string {
  const thick_px = Math.max(2, Math.round(width_px / 200));
  const [x, y] = [left * width_px - thick_px / 2, top * height_px - thick_px / 2];
  const [width, height] = [(right - left) * width_px + thick_px, (bottom - top) * height_px + thick_px];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width_px}" height="${height_px}">` +
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${FRAME_COLOR}" stroke-width="${thick_px}"/></svg>`
  );
}
