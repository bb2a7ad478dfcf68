import { defineSceneRule } from "./scene-rule.ts";
import { endTrouble, judgeTrouble, TamperOptions, type TamperState } from "./tampering.ts";

/**
 * The picture is so dark and flat that nothing can be made out: no light, or infrared that failed. ONVIF:
 * `tns1:VideoSource/ImageTooDark`.
 */
export const cameraDark = defineSceneRule({
  kind: "camera-dark",
  options: TamperOptions,
  defaults: { hold_min_ms: 10_000, clear_min_ms: 3_000 },
  start: undefined as TamperState,
  judge: (before, moment, options) => judgeTrouble("dark", before, moment, options),
  end: endTrouble,
});
