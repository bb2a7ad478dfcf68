import type { EpochMs } from "./time.ts";
import type { TripRun } from "./trip-run.ts";

/** The same in the languages of the pages. */
export type InThreeLanguages = { readonly uk: string; readonly ru: string; readonly en: string };

/** Whom an alert concerns: a line, a stop, or one trip run. */
export type AlertConcern =
  | { readonly feed: string; readonly route_id: string }
  | { readonly feed: string; readonly stop_id: string }
  | { readonly run: TripRun };

/** Something that passengers should know: a closed stop, a detour, delays. */
export type ServiceAlert = {
  readonly id: string;
  /** As GTFS-Realtime names it. */
  readonly effect:
    | "NO_SERVICE"
    | "REDUCED_SERVICE"
    | "SIGNIFICANT_DELAYS"
    | "DETOUR"
    | "ADDITIONAL_SERVICE"
    | "MODIFIED_SERVICE"
    | "OTHER_EFFECT"
    | "STOP_MOVED";
  readonly header: InThreeLanguages;
  readonly description?: InThreeLanguages;
  readonly concerns: readonly AlertConcern[];
  /** When it holds; without an end where none is known. */
  readonly periods: readonly { readonly from_ms: EpochMs; readonly until_ms?: EpochMs }[];
};
