import { measuredSeconds } from "./progress.ts";
import { defineSceneRule, Type } from "./scene-rule.ts";
import { roundedShare, secondsOf } from "./shown.ts";
import { endStays, judgeStays, NO_STAYS, progressOfStays, type Stay } from "./stay.ts";

/**
 * Somebody stays in a zone for longer than passing through takes. Steps out of it that are shorter than `away_max_s` do not begin the
 * time anew. One who stands so still that nobody looks again counts as there until the tracker gives them up.
 * ONVIF: LoiteringDetector, ObjectIsLoitering (its TimeThreshold is our `after_s`).
 */
export const loitering = defineSceneRule({
  kind: "loitering",
  raises: "yard.loitering",
  severity: "notice",
  at: "zone",
  labels: ["person"],
  options: Type.Object({
    after_s: Type.Number({
      minimum: 1,
      maximum: 86_400,
      description: "Seconds there until it is raised.",
    }),
    away_max_s: Type.Number({
      minimum: 0,
      maximum: 600,
      description: "Out of the zone for longer, it has left.",
    }),
  }),
  defaults: { after_s: 120, away_max_s: 5 },
  start: NO_STAYS,
  judge: (before, moment, { after_s, away_max_s }, where) =>
    judgeStays(
      before,
      moment,
      {
        away_max_s,
        isSure: ({ since_ms }, at_ms) => at_ms - since_ms >= after_s * 1000,
        factsOf: factsWith(after_s),
      },
      where,
    ),
  end: (state, at_ms, { after_s }) => endStays(state, at_ms, factsWith(after_s)),
  progress: (state, at_ms, { after_s }) =>
    progressOfStays(state, ({ since_ms }) => [
      { name: "stays", has: measuredSeconds(at_ms - since_ms), least: after_s, unit: "s" },
    ]),
});

function factsWith(threshold_s: number) {
  return ({ label, score, sightings, since_ms, until_ms }: Stay) => ({
    label,
    score: roundedShare(score),
    sightings,
    // One who stands unlooked-at was there for the threshold at least, or it would not have been raised.
    stay_s: Math.max(threshold_s, secondsOf(until_ms - since_ms)),
    threshold_s,
  });
}
