import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, progressOfTrouble, TAMPER_RULE, type TamperState } from "./tampering.ts";

/**
 * The lens is covered, sprayed over or something stands close before it: most of the scene's edges are gone and no sharp ones
 * came instead, or a bright picture went black at once. A lamp that is switched off where there is no other light looks just so.
 * ONVIF: `tns1:VideoSource/GlobalSceneChange`, as `moved` is.
 */
export const cameraCovered = defineSceneRule({
  kind: "camera-covered",
  ...TAMPER_RULE,
  severity: "alarm",
  defaults: { hold_min_s: 5, clear_min_s: 3 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("covered", before, moment, options),
  end: (state, at_ms) => endTrouble("covered", state, at_ms),
  progress: (state, _at_ms, options) => progressOfTrouble(state, options),
});
