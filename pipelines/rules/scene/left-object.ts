import { LABELS } from "@yardline/domain/detection";
import type { Standing } from "@yardline/frames/standing";
import { defineSceneRule } from "./scene-rule.ts";
import {
  endThings,
  explainedBy,
  type HeldThings,
  judgeThings,
  progressOfThings,
  ThingOptions,
} from "./standing-thing.ts";

/**
 * Something stands where nothing stood, does not move, and is nothing that is followed: neither a parked car nor somebody who
 * waits. Opened once it was in full view for `stay_min_s`, dated from the first picture that shows it; closed when it is taken
 * away. Only brightness is compared: what is as bright as the ground behind it is not seen. Cameras say it over ONVIF under names
 * of their makers, as `AbandonedObject`.
 */
export const leftObject = defineSceneRule({
  kind: "left-object",
  raises: "yard.left-object",
  severity: "notice",
  at: "zone",
  // Whoever is followed explains what stands there.
  labels: LABELS,
  options: ThingOptions,
  defaults: { stay_min_s: 10, area_min: 0.0004, area_max: 0.05 },
  start: new Map() as HeldThings,
  judge(before, moment, options, where) {
    const explain = (standing: Standing) => explainedBy(standing, moment.tracks);
    const { held, findings } = judgeThings(before, moment, { options, where, wanted: "appeared", explain });
    return { state: held, findings };
  },
  end: endThings,
  progress: (held, _at_ms, options, where) => progressOfThings(held, options, where, "appeared"),
});
