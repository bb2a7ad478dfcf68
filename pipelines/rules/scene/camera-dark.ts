import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, progressOfTrouble, TAMPER_RULE, type TamperState } from "./tampering.ts";

/**
 * The picture is so dark and flat that nothing can be made out: no light, or infrared that failed. ONVIF:
 * `tns1:VideoSource/ImageTooDark`.
 */
export const cameraDark = defineSceneRule({
  kind: "camera-dark",
  ...TAMPER_RULE,
  severity: "notice",
  defaults: { hold_min_s: 10, clear_min_s: 3 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("dark", before, moment, options),
  end: (state, at_ms) => endTrouble("dark", state, at_ms),
  progress: (state, _at_ms, options) => progressOfTrouble(state, options),
});
