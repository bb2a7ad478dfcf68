import { defineFleetRule } from "./fleet-rule.ts";
import { headwayFindings } from "./headway.ts";

/** Nearer than this share of the planned headway two vehicles run as one; they are apart again at the other share. */
const BUNCHED_SHARE = 0.25;
const APART_SHARE = 0.5;

/** A vehicle follows another one of its line and direction so closely that the second is of no use. */
export const bunching = defineFleetRule({
  raises: "transit.bunching",
  find(course, view) {
    return headwayFindings(course, view, {
      // Two vehicles on one and the same run are a mistake of ours, or help that was sent.
      begins: ({ ahead, headway_s, planned_headway_s }) =>
        ahead.run.trip.trip_id !== course.run.trip.trip_id && headway_s < BUNCHED_SHARE * planned_headway_s,
      lasts: ({ headway_s, planned_headway_s }) => headway_s < APART_SHARE * planned_headway_s,
      worst: "least",
    });
  },
});
