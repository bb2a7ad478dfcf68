import { LABELS } from "@yardline/domain/detection";
import { type Measure, measuredSeconds, rounded } from "./progress.ts";
import { defineSceneRule, type Static, Type } from "./scene-rule.ts";
import { hasMoved, roundedShare } from "./shown.ts";
import { endStays, judgeStays, NO_STAYS, progressOfStays, type Stay } from "./stay.ts";

const Options = Type.Object({
  score_moving_min: Type.Number({
    minimum: 0,
    maximum: 1,
    description: "The best detection of one that moves must reach this.",
  }),
  score_still_min: Type.Number({
    minimum: 0,
    maximum: 1,
    description: "Of one that has not moved yet: rocks and shadows that look like somebody never do.",
  }),
  sightings_min: Type.Integer({ minimum: 1, description: "Pictures in which it was detected." }),
  evidence_min: Type.Number({
    minimum: 0,
    description:
      "The scores of its detections together must reach this: two clear sightings do, or three faint ones.",
  }),
  stay_min_s: Type.Number({ minimum: 0, description: "Seconds from its first to its last sighting there." }),
  away_max_s: Type.Number({ minimum: 0, description: "Out of the zone for longer, it has left." }),
});

/**
 * Somebody or something of certain kinds is in a zone: opened once that is sure, closed when the track leaves or is lost.
 * ONVIF: FieldDetector, ObjectsInside.
 */
export const presence = defineSceneRule({
  kind: "presence",
  raises: "yard.presence",
  severity: "info",
  at: "zone",
  labels: LABELS,
  options: Options,
  defaults: {
    score_moving_min: 0.4,
    score_still_min: 0.45,
    sightings_min: 2,
    evidence_min: 1.1,
    stay_min_s: 0,
    away_max_s: 2,
  },
  start: NO_STAYS,
  judge: (before, moment, options, where) =>
    judgeStays(
      before,
      moment,
      { away_max_s: options.away_max_s, isSure: (stay) => isSure(stay, options), factsOf },
      where,
    ),
  end: (state, at_ms) => endStays(state, at_ms, factsOf),
  progress: (state, _at_ms, options) => progressOfStays(state, (stay) => measuresOf(stay, options)),
});

function isSure(stay: Stay, options: Static<typeof Options>): boolean {
  return (
    stay.score >= scoreMin(stay, options) &&
    stay.sightings >= options.sightings_min &&
    stay.evidence >= options.evidence_min &&
    stay.until_ms - stay.since_ms >= options.stay_min_s * 1000
  );
}

function scoreMin({ first, shown }: Stay, options: Static<typeof Options>): number {
  return hasMoved(first, shown.last.box) ? options.score_moving_min : options.score_still_min;
}

function measuresOf(stay: Stay, options: Static<typeof Options>): readonly Measure[] {
  const { score, sightings, evidence, since_ms, until_ms } = stay;
  const { sightings_min, evidence_min, stay_min_s } = options;
  return [
    { name: "score", has: rounded(score), least: scoreMin(stay, options) },
    { name: "seen", has: sightings, least: sightings_min, unit: "x" },
    { name: "evidence", has: rounded(evidence, 1), least: evidence_min },
    ...(stay_min_s > 0
      ? [{ name: "stays", has: measuredSeconds(until_ms - since_ms), least: stay_min_s, unit: "s" }]
      : []),
  ];
}

function factsOf({ label, score, sightings }: Stay) {
  return { label, score: roundedShare(score), sightings };
}
