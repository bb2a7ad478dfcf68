import { type Letterbox, letterboxOf } from "@yardline/frames/letterbox";
import type { ModelManifest } from "../manifest.ts";
import type { Look } from "./look.ts";
import { planarRgb } from "./planar-rgb.ts";

type Input = ModelManifest["input"];

/** Where the looked-at part lands in a network's input; stretched, it fills the whole of it. */
export function fitted(look: Look, { side_px, step_px = side_px, fit }: Input): Letterbox {
  if (fit === "letterbox") return letterboxOf(look.crop, worthwhile_px(look, side_px, step_px), step_px);
  return { input_width_px: side_px, input_height_px: side_px, width_px: side_px, height_px: side_px };
}

/** The float32 planes of a look, in the order of colours and the range that the network was trained with. */
export function networkInput(look: Look, letterbox: Letterbox, input: Input): Float32Array {
  const planes = planarRgb(look.picture, letterbox, input.bar, look.crop);
  const area = planes.length / 3;
  if (input.colour === "bgr") {
    const red = planes.slice(0, area);
    planes.copyWithin(0, 2 * area);
    planes.set(red, 2 * area);
  }
  const { mean = [0, 0, 0], deviation = [1, 1, 1] } = input;
  for (const channel of [0, 1, 2]) {
    const less = mean[channel] ?? 0;
    const factor = 1 / (deviation[channel] ?? 1);
    if (less === 0 && factor === 1) continue;
    const end = (channel + 1) * area;
    for (let at = channel * area; at < end; at++) planes[at] = ((planes[at] ?? 0) - less) * factor;
  }
  return planes;
}

/**
 * The longer side that a look needs. Where a network takes smaller inputs, a part of a picture is not blown up beyond its own pixels,
 * or beyond how large the whole picture would be seen: that would cost more and show nothing more.
 */
function worthwhile_px({ crop, at, enlarge }: Look, side_px: number, step_px: number): number {
  if (enlarge || step_px === side_px) return side_px;
  const whole_px = Math.max(crop.width_px / (at.right - at.left), crop.height_px / (at.bottom - at.top));
  const scale = Math.max(1, side_px / whole_px);
  return Math.min(side_px, Math.ceil(scale * Math.max(crop.width_px, crop.height_px)));
}
