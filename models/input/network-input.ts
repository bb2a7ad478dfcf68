import { type Letterbox, letterboxOf } from "@yardline/frames/letterbox";
import type { ModelManifest } from "../manifest.ts";
import type { Look } from "./look.ts";
import { planarRgb } from "./planar-rgb.ts";

type Input = ModelManifest["input"];

/** Where the looked-at part lands in a network's input; stretched, it fills the whole of it. */
export function fitted(look: Look, { side_px, step_px = side_px, fit }: Input): Letterbox {
  if (fit === "letterbox") return letterboxOf(look.crop, side_px, step_px);
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
