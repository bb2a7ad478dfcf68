import type { Box } from "@yardline/domain/box";
import type { Picture } from "@yardline/domain/picture";
import sharp from "sharp";

const WIDTH_MAX_PX = 1280;
const QUALITY = 80;
/** The frame around what was found: orange, which neither asphalt nor leaves have. */
const FRAME_RGB = [255, 120, 0] as const;

/**
 * A picture as JPEG, at most 1280 px wide, with a frame drawn around `box` where one is given. Nothing but the picture is in
 * the file: no time, no place, no camera.
 */
export async function snapshotOf(picture: Picture, box?: Box): Promise<Uint8Array> {
  const rgb = rgbOf(picture);
  if (box) drawFrame(rgb, picture, box);
  const { width_px, height_px } = picture;
  return sharp(rgb, { raw: { width: width_px, height: height_px, channels: 3 } })
    .resize({ width: WIDTH_MAX_PX, withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .toBuffer();
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

function drawFrame(rgb: Uint8Array, { width_px, height_px }: Picture, box: Box): void {
  const thick_px = Math.max(2, Math.round(width_px / 200));
  const column = (x: number) => Math.max(0, Math.min(width_px, Math.round(x * width_px)));
  const line = (y: number) => Math.max(0, Math.min(height_px, Math.round(y * height_px)));
  const [left, right, top, bottom] = [column(box.left), column(box.right), line(box.top), line(box.bottom)];
  for (let y = top; y < bottom; y++) {
    const edge = y < top + thick_px || y >= bottom - thick_px;
    for (let x = left; x < right; x++) {
      if (edge || x < left + thick_px || x >= right - thick_px) rgb.set(FRAME_RGB, (y * width_px + x) * 3);
    }
  }
}
