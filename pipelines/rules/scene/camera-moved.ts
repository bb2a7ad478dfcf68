import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, progressOfTrouble, TAMPER_RULE, type TamperState } from "./tampering.ts";

/**
 * The camera was turned: the scene's edges are found again somewhere else in the picture, or most of them are gone and others as
 * sharp came instead. After ten minutes what it looks at is its scene. ONVIF: `tns1:VideoSource/GlobalSceneChange`.
 */
export const cameraMoved = defineSceneRule({
  kind: "camera-moved",
  ...TAMPER_RULE,
  severity: "alarm",
  defaults: { hold_min_s: 5, clear_min_s: 3 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("moved", before, moment, options),
  end: (state, at_ms) => endTrouble("moved", state, at_ms),
  progress: (state, _at_ms, options) => progressOfTrouble(state, options),
});
