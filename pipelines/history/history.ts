import type { EpochMs } from "@yardline/domain/time";
import type { ServiceDate } from "@yardline/timetable/service-day";

/**
 * A vehicle's call at one stop of one trip run, by the words of TIDES `stop_visits` where it has one; instants are epoch
 * milliseconds. @see https://tides-transit.org/main/tables/
 */
export type StopVisit = {
  readonly tenant: string;
  /** Which timetable the ids are of. */
  readonly feed: string;
  /** YYYYMMDD. */
  readonly service_date: ServiceDate;
  readonly trip_id_scheduled: string;
  /** HH:MM:SS of the run's first departure, only for frequency-based trips. */
  readonly start_time?: string;
  /** As in stop_times.txt. */
  readonly scheduled_stop_sequence: number;
  readonly vehicle_id: string;
  readonly route_id: string;
  readonly direction_id?: number;
  readonly stop_id: string;
  /** 0 to 23: what the clocks of the feed's zone show at the scheduled arrival. */
  readonly hour: number;
  readonly schedule_arrival_ms: EpochMs;
  /** Absent where it is the scheduled arrival. */
  readonly schedule_departure_ms?: EpochMs;
  readonly actual_arrival_ms: EpochMs;
  /** Absent while the vehicle is there, at the last stop, and where it was lost from sight. */
  readonly actual_departure_ms?: EpochMs;
  /** Actual minus scheduled arrival, whole seconds; positive is late. */
  readonly delay_s: number;
  readonly occurrence: string;
  readonly revision: number;
  /** Turned out not to be so: it counts nowhere, but keeps older revisions out. */
  readonly withdrawn: boolean;
};

/** The fields that tell two visits apart. */
export type VisitKey = Pick<
  StopVisit,
  | "tenant"
  | "feed"
  | "service_date"
  | "trip_id_scheduled"
  | "start_time"
  | "scheduled_stop_sequence"
  | "vehicle_id"
>;

/** What became of the visits of one call: `kept`: an equal or higher revision was there; `refused`: their day is out of bounds. */
export type Appended = { readonly taken: number; readonly kept: number; readonly refused: number };

/** Whose visits, of which service days (both inclusive), and what else narrows them. A visit without a direction is in no list of them. */
export type VisitFilter = {
  readonly tenant: string;
  readonly from: ServiceDate;
  readonly to: ServiceDate;
  readonly feeds?: readonly string[];
  readonly route_ids?: readonly string[];
  readonly direction_ids?: readonly number[];
  readonly stop_ids?: readonly string[];
  readonly hours?: readonly number[];
  /** Of the service day: 1 is Monday, 7 Sunday. */
  readonly days_of_week?: readonly number[];
};

/** What figures can be told apart by. `next_stop_id`, the next stop that the vehicle was seen at, belongs to `running_time_s` alone. */
export const DIMENSIONS = [
  "feed",
  "route_id",
  "direction_id",
  "stop_id",
  "next_stop_id",
  "hour",
  "day_of_week",
  "service_date",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * What can be measured, in whole seconds; a visit that lacks an instant has no such figure.
 * - `delay_s`: actual minus scheduled arrival.
 * - `departure_delay_s`: actual minus scheduled departure.
 * - `dwell_s`: departure minus arrival at the stop.
 * - `running_time_s`: from this departure to the arrival at the next stop that the vehicle was seen at on this trip run.
 * - `headway_s`: from the departure before, of any vehicle of the route, direction and service day at this stop, to this one.
 */
export const MEASURES = ["delay_s", "departure_delay_s", "dwell_s", "running_time_s", "headway_s"] as const;
export type Measure = (typeof MEASURES)[number];

export type PercentileQuery = {
  readonly measure: Measure;
  readonly filter: VisitFilter;
  readonly by: readonly Dimension[];
  /** Fractions of 1, as 0.5 for the median. */
  readonly percentiles: readonly number[];
};

/** `edges`: seconds that part the figures into classes, rising. */
export type DistributionQuery = {
  readonly measure: Measure;
  readonly filter: VisitFilter;
  readonly by: readonly Dimension[];
  readonly edges: readonly number[];
};

/** A place in the order of visits: that of the last visit of a page. */
export type VisitPlace = Omit<VisitKey, "tenant"> & Pick<StopVisit, "actual_arrival_ms">;

/** `after`: where the page before ended; absent for the first page. */
export type VisitsQuery = {
  readonly filter: VisitFilter;
  readonly after?: VisitPlace;
  readonly limit: number;
};

export type CountQuery = { readonly filter: VisitFilter; readonly by: readonly Dimension[] };

/** The dimensions asked for; `null`: the visits do not say. */
export type Group = Readonly<Partial<Record<Dimension, string | number | null>>>;

/** `values`: one a percentile asked for, in seconds, exact: between two figures it lies where the fraction says (linearly). */
export type PercentileRow = {
  readonly group: Group;
  readonly n: number;
  readonly mean: number;
  readonly values: readonly number[];
};

/**
 * `classes`: how many figures lie in each class, one more than there are edges; a figure on an edge belongs to the class above.
 * `sum` (seconds) and `squares` (seconds squared) give means and mean waits of what groups are put together from.
 */
export type DistributionRow = {
  readonly group: Group;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  readonly classes: readonly number[];
};

/** `trips`: trip runs of which at least one visit is in the group, each vehicle's counted by itself. */
export type CountRow = { readonly group: Group; readonly visits: number; readonly trips: number };

/** TIDES tables that visits can be exported as. */
export const TABLES = ["stop_visits", "trips_performed"] as const;
export type Table = (typeof TABLES)[number];

/** `path` decides the form: `.parquet` or `.csv`. What is there is replaced, whole or not at all. */
export type Export = { readonly table: Table; readonly filter: VisitFilter; readonly path: string };

/** Who holds the folder may leave the tenant out, and gets everybody's. */
export type FolderFilter = Omit<VisitFilter, "tenant"> & { readonly tenant?: string };
export type FolderExport = Omit<Export, "filter"> & { readonly filter: FolderFilter };

/** The last service days that are kept where each visit can be replaced at once; older ones are closed. */
export const HOT_DAYS = 7;
/** Corrections of closed days are taken for so many days more: late fixes, and what waited on the bus meanwhile. */
export const LATE_DAYS_MAX = 7;
/** Most service days of one question. */
export const RANGE_DAYS_MAX = 1_100;
/** Most values of one list of a filter. */
export const FILTER_VALUES_MAX = 500;
export const PERCENTILES_MAX = 9;
export const EDGES_MAX = 60;
/** Most visits of one page: some 2 MB between the two processes, and tens of milliseconds to take them in. */
export const PAGE_VISITS_MAX = 10_000;
/** Most groups of one answer. */
export const GROUPS_MAX = 100_000;

/**
 * The planners' long memory of stop visits. One visit a key; its highest revision counts, among equal ones the greater
 * occurrence (the later schedule). Answers are sorted by their groups. Adapter: `duckdb.ts`; `testing.ts` has what all must do.
 */
export interface History {
  /**
   * Resolves once all is on disk; appending again changes nothing.
   * @throws AppError `HISTORY_UNAVAILABLE` (retryable): disk full, closed.
   */
  append(visits: readonly StopVisit[]): Promise<Appended>;
  /**
   * @throws AppError `HISTORY_QUERY` for what cannot be asked, `HISTORY_GROUPS` beyond `GROUPS_MAX`; retryable: `HISTORY_BUSY`,
   * `HISTORY_TIMEOUT`, `HISTORY_UNAVAILABLE`; `HISTORY_CANCELLED` by the signal; `HISTORY_MEMORY`, `HISTORY_DAMAGED`.
   */
  percentiles(query: PercentileQuery, signal?: AbortSignal): Promise<readonly PercentileRow[]>;
  /** @throws AppError as `percentiles` does. */
  distribution(query: DistributionQuery, signal?: AbortSignal): Promise<readonly DistributionRow[]>;
  /** @throws AppError as `percentiles` does. */
  counts(query: CountQuery, signal?: AbortSignal): Promise<readonly CountRow[]>;
  /**
   * Visits themselves, a page of them: by arrival, then service day, performed trip and stop_sequence, so that a day can be
   * gone through as it was. Withdrawn ones are left out. @throws AppError as `percentiles` does.
   */
  visits(query: VisitsQuery, signal?: AbortSignal): Promise<readonly StopVisit[]>;
  /** @returns the rows written. @throws AppError as `percentiles` does, and `OUTPUT_UNWRITABLE`. */
  export(request: Export, signal?: AbortSignal): Promise<number>;
  close(): Promise<void>;
}
