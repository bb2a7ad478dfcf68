import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, progressOfTrouble, TAMPER_RULE, type TamperState } from "./tampering.ts";

/**
 * The picture is blurred: the scene is where it was, and of its fine edges only a quarter is left. Fog that takes the contrast too
 * does not count, an autofocus that searches is quicker. ONVIF: `tns1:VideoSource/ImageTooBlurry`.
 */
export const cameraDefocused = defineSceneRule({
  kind: "camera-defocused",
  ...TAMPER_RULE,
  severity: "notice",
  defaults: { hold_min_s: 10, clear_min_s: 3 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("defocused", before, moment, options),
  end: (state, at_ms) => endTrouble("defocused", state, at_ms),
  progress: (state, _at_ms, options) => progressOfTrouble(state, options),
});
