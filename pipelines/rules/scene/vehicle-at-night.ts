import { rounded } from "./progress.ts";
import { defineSceneRule, Type } from "./scene-rule.ts";
import { hasMoved, movedShare, roundedShare } from "./shown.ts";
import { endStays, judgeStays, NO_STAYS, progressOfStays, type Stay } from "./stay.ts";
import { VEHICLES } from "./vehicles.ts";

/** One that goes by this share of its own size drives: boxes of parked ones tremble by far less. */
const DRIVEN_SHARE_MIN = 0.6;

/**
 * A vehicle drives where at night none should: those that only stand there, as parked cars do, are not meant. Works from 22:00 to
 * 06:00 unless it is given a schedule.
 */
export const vehicleAtNight = defineSceneRule({
  kind: "vehicle-at-night",
  raises: "yard.vehicle-at-night",
  severity: "notice",
  at: "zone",
  labels: VEHICLES,
  schedule: [{ from: "22:00", until: "06:00" }],
  options: Type.Object({
    sightings_min: Type.Integer({
      minimum: 2,
      maximum: 100,
      description: "Pictures in which it was detected.",
    }),
    away_max_s: Type.Number({
      minimum: 0,
      maximum: 600,
      description: "Out of the zone for longer, it has left.",
    }),
  }),
  defaults: { sightings_min: 3, away_max_s: 2 },
  start: NO_STAYS,
  judge: (before, moment, { sightings_min, away_max_s }, where) =>
    judgeStays(
      before,
      moment,
      {
        away_max_s,
        isSure: ({ sightings, first, shown }) =>
          sightings >= sightings_min && hasMoved(first, shown.last.box, DRIVEN_SHARE_MIN),
        factsOf,
      },
      where,
    ),
  end: (state, at_ms) => endStays(state, at_ms, factsOf),
  progress: (state, _at_ms, { sightings_min }) =>
    progressOfStays(state, ({ sightings, first, shown }) => [
      { name: "seen", has: sightings, least: sightings_min, unit: "x" },
      {
        name: "drove",
        has: rounded(movedShare(first, shown.last.box)),
        least: DRIVEN_SHARE_MIN,
        unit: "sizes",
      },
    ]),
});

function factsOf({ label, score, sightings }: Stay) {
  return { label, score: roundedShare(score), sightings };
}
