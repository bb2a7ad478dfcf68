import { defineSceneRule } from "./scene-rule.ts";
import { endThings, explainedBy, type HeldThings, judgeThings, ThingOptions } from "./standing-thing.ts";

/**
 * Something stands where nothing stood, does not move, and is nothing that is followed: neither a parked car nor somebody who
 * waits. Opened once it was in full view for `stay_min_ms`, dated from the first picture that shows it; closed when it is taken
 * away. Only brightness is compared: what is as bright as the ground behind it is not seen. Cameras say it over ONVIF under names
 * of their makers, as `AbandonedObject`.
 */
export const leftObject = defineSceneRule({
  kind: "left-object",
  options: ThingOptions,
  defaults: { zone: "all", stay_min_ms: 10_000, area_min: 0.0004, area_max: 0.05 },
  start: new Map() as HeldThings,
  judge(before, moment, options) {
    const { held, findings } = judgeThings(before, moment, options, "appeared", (standing) =>
      explainedBy(standing, moment.tracks),
    );
    return { state: held, findings };
  },
  end: endThings,
});
