import { assert } from "@yardline/domain/assert";
import { type Picture, pictureBytes } from "@yardline/domain/picture";

/** Y, U and V of black. */
const [BLACK, COLOURLESS] = [16, 128];

/**
 * A yuv420p picture as a larger one, each pixel so many times as wide and high, with a black panel at its right.
 * @param panel_px even. An odd side loses its last pixel, since encoders want even ones.
 */
export function enlarge(
  { width_px, height_px, format, data }: Picture,
  times: number,
  panel_px: number,
): Picture {
  assert(format === "yuv420p", "only yuv420p can be enlarged");
  const [wide, high] = [evenOf(width_px * times), evenOf(height_px * times)];
  const large = new Uint8Array(pictureBytes(wide + panel_px, high, "yuv420p"));
  const chroma = [Math.ceil(width_px / 2), Math.ceil(height_px / 2)] as const;
  let [from, to] = [0, 0];
  for (const plane of ["y", "u", "v"] as const) {
    const [width, height] = plane === "y" ? [width_px, height_px] : chroma;
    const half = plane === "y" ? 1 : 2;
    const [across, down, row] = [wide / half, high / half, (wide + panel_px) / half];
    large.fill(plane === "y" ? BLACK : COLOURLESS, to, to + row * down);
    for (let y = 0; y < down; y++) {
      const source = from + Math.floor(y / times) * width;
      const target = to + y * row;
      for (let x = 0; x < across; x++) large[target + x] = data[source + Math.floor(x / times)] ?? 0;
    }
    from += width * height;
    to += row * down;
  }
  return { width_px: wide + panel_px, height_px: high, format, data: large };
}

function evenOf(side_px: number): number {
  return side_px - (side_px % 2);
}
