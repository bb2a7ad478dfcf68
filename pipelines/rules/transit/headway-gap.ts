import { defineFleetRule } from "./fleet-rule.ts";
import { headwayFindings } from "./headway.ts";

/** Over so many times the planned headway people at the stop wait for one that does not come; it is well again under the other. */
const GAP_SHARE = 1.5;
const CLOSED_SHARE = 1.25;

/** A vehicle came so long after the one before it that its passengers waited for another one in between. */
export const headwayGap = defineFleetRule({
  raises: "transit.headway-gap",
  find(course, view) {
    return headwayFindings(course, view, {
      begins: ({ headway_s, planned_headway_s }) => headway_s > GAP_SHARE * planned_headway_s,
      lasts: ({ headway_s, planned_headway_s }) => headway_s > CLOSED_SHARE * planned_headway_s,
      worst: "most",
    });
  },
});
