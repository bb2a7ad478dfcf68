import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, TamperOptions, type TamperState } from "./tampering.ts";

/**
 * The picture is blurred: the scene is where it was, and of its fine edges only a quarter is left. Fog that takes the contrast too
 * does not count, an autofocus that searches is quicker. ONVIF: `tns1:VideoSource/ImageTooBlurry`.
 */
export const cameraDefocused = defineSceneRule({
  kind: "camera-defocused",
  options: TamperOptions,
  defaults: { hold_min_ms: 10_000, clear_min_ms: 3_000 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("defocused", before, moment, options),
  end: endTrouble,
});
