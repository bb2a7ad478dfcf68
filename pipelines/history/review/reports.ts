import { comparisonReport } from "./comparison.ts";
import { completenessReport } from "./completeness.ts";
import { dwellReport } from "./dwell.ts";
import { headwaysReport } from "./headways.ts";
import { missedTripsReport } from "./missed-trips.ts";
import { networkReport } from "./network.ts";
import { onTimeReport } from "./on-time.ts";
import type { Report } from "./report.ts";
import { runTimesReport } from "./run-times.ts";
import { slowSegmentsReport } from "./slow-segments.ts";
import { speedingReport } from "./speeding.ts";
import { suggestedRunTimesReport } from "./suggested-run-times.ts";

/** Every report that a planner can ask for, as verb and as door. A new one is one file and one line here. */
export const REPORTS: readonly Report[] = [
  networkReport,
  onTimeReport,
  headwaysReport,
  runTimesReport,
  dwellReport,
  slowSegmentsReport,
  speedingReport,
  missedTripsReport,
  comparisonReport,
  suggestedRunTimesReport,
  completenessReport,
];
