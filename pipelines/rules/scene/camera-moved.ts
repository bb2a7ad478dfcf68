import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, TamperOptions, type TamperState } from "./tampering.ts";

/**
 * The camera was turned: the scene's edges are found again somewhere else in the picture, or most of them are gone and others as
 * sharp came instead. After ten minutes what it looks at is its scene. ONVIF: `tns1:VideoSource/GlobalSceneChange`.
 */
export const cameraMoved = defineSceneRule({
  kind: "camera-moved",
  options: TamperOptions,
  defaults: { hold_min_ms: 5_000, clear_min_ms: 3_000 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("moved", before, moment, options),
  end: endTrouble,
});
