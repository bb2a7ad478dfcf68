import type { Detection } from "@yardline/domain/detection";
import { type Letterbox, letterboxOf } from "@yardline/frames/letterbox";
import { found, type Look } from "../input/look.ts";
import { planarRgb } from "../input/planar-rgb.ts";
import type { Session } from "../runtime/session.ts";
import { SHARE } from "../tensorflow/operators.ts";
import { CENTERNET } from "./manifest.ts";
import { type Maps, peaksOf, type ScoreMin } from "./peaks.ts";

export type InferSettings = { readonly side_px: number; readonly score_min: ScoreMin };

/** Everything between a picture and what is to be seen on it. */
export async function infer(
  session: Session,
  look: Look,
  settings: InferSettings,
): Promise<readonly Detection[]> {
  const letterbox = letterboxOf(look.crop, settings.side_px, CENTERNET.step_px);
  const share = (letterbox.width_px * letterbox.height_px) / settings.side_px ** 2;
  const maps = await mapsOf(
    session,
    planarRgb(look.picture, letterbox, CENTERNET.bar, look.crop),
    letterbox,
    share,
  );
  return found(peaksOf(maps, letterbox, settings.score_min), look, CENTERNET.overlap_max);
}

/** The network's own answer; see `SHARE` for `share`. */
export async function mapsOf(
  session: Session,
  input: Float32Array,
  { input_width_px, input_height_px }: Letterbox,
  share: number,
): Promise<Maps> {
  const { heat, reach } = await session.run({
    [CENTERNET.source.input]: { shape: [1, 3, input_height_px, input_width_px], values: input },
    [SHARE]: { shape: [1], values: Float32Array.of(share) },
  });
  return { heat: heat ?? new Float32Array(), reach: reach ?? new Float32Array() };
}
