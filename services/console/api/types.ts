import type { YardlineEvent } from "@yardline/events/event";

/** The languages that every text for people exists in. */
export type Language = "uk" | "ru" | "en";
export type Sentences = Readonly<Record<Language, string>>;

/** An event as the API answers it: the statement itself, what it says in words, and where its media are. */
export type ApiEvent = YardlineEvent & {
  readonly sentence: Sentences;
  readonly links: {
    readonly self: string;
    readonly snapshot?: string;
    readonly clip?: string;
    readonly filmstrip?: string;
  };
};

/** Newest first; `cursor` is absent on the last page. */
export type EventPage = { readonly events: readonly ApiEvent[]; readonly cursor?: string };

/** What an account may; `pipelines/permission` says what each is. */
export type Right =
  | "live"
  | "archive"
  | "export"
  | "unmask"
  | "audit"
  | "transit"
  | "dispatch"
  | "operate"
  | "configure"
  | "people";

/** Who is asking. */
export type Session = {
  /** Open: of the invented town everybody may see everything. */
  readonly doors: "open" | "accounts";
  /** There is no account yet. */
  readonly set_up: boolean;
  readonly login?: string;
  readonly name?: string;
  readonly rights: readonly Right[];
};

export type Town = {
  readonly name: string;
  readonly tenant: string;
  /** True for the invented town. */
  readonly simulated: boolean;
  /** IANA name: the zone that every time on the page is shown in. */
  readonly timezone: string;
  /** West, south, east, north in degrees; absent while nothing of the town has a place. */
  readonly bounds?: readonly [number, number, number, number];
  readonly cameras: number;
  readonly stops: number;
  readonly vehicles: number;
  /** True while it was decided to hide where vehicles are. */
  readonly positions_unavailable?: boolean;
  /** The box's own clock. */
  readonly now: string;
};

export type LatLon = { readonly latitude: number; readonly longitude: number };

export type Camera = {
  readonly id: string;
  readonly name: string;
  readonly place?: LatLon;
  readonly purpose: string;
  readonly legal_basis: string;
  readonly controller: string;
  readonly retention_h: number;
  readonly mask_form: "none-needed" | "burnt-in" | "in-camera";
  /** Footage from disk: nothing of it happens now. */
  readonly recorded: boolean;
  /** `reduced`: the box has too much to do and looks at its key frames only. */
  readonly state: "connecting" | "watching" | "reduced" | "lost" | "closed";
  readonly since: string;
  readonly reason?: string;
};

type Collection<Geometry, Properties> = {
  readonly type: "FeatureCollection";
  readonly features: readonly {
    readonly type: "Feature";
    readonly geometry: Geometry;
    readonly properties: Properties;
  }[];
};
type Point = { readonly type: "Point"; readonly coordinates: readonly [number, number] };
type MultiLine = {
  readonly type: "MultiLineString";
  readonly coordinates: readonly (readonly (readonly [number, number])[])[];
};

export type Stop = { readonly stop_id: string; readonly stop_name: string };
export type StopCollection = Collection<Point, Stop>;

/** `route_color` is six hex digits without `#`, as in GTFS. */
export type Line = {
  readonly route_id: string;
  readonly route_short_name: string;
  readonly route_long_name: string;
  readonly route_color: string;
};
export type LineCollection = Collection<MultiLine, Line>;

export type Vehicle = {
  readonly vehicle_id: string;
  /** Time of the fix. */
  readonly at: string;
  readonly speed_mps?: number;
  readonly course_deg?: number;
  readonly route_id?: string;
  readonly route_short_name?: string;
  readonly route_color?: string;
  readonly trip_id?: string;
  readonly headsign?: string;
  /** Against the timetable; positive is late. */
  readonly delay_s?: number;
  /** The stop that it comes to next. */
  readonly stop_id?: string;
};
export type VehicleCollection = Collection<Point, Vehicle>;

export type Arrival = {
  readonly route_id: string;
  readonly route_short_name: string;
  readonly route_color: string;
  readonly headsign?: string;
  readonly trip_id: string;
  readonly service_date: string;
  readonly stop_sequence: number;
  readonly vehicle_id?: string;
  readonly scheduled_at: string;
  readonly predicted_at: string;
  /** Between them the real arrival should lie four times out of five. */
  readonly low?: string;
  readonly high?: string;
  readonly delay_s: number;
  readonly basis: "live" | "timetable" | "lost";
  /** It should have come up to ten minutes ago: it did not, or nobody knows. */
  readonly overdue?: "missed" | "unknown";
  /** Time of the fix that the prediction rests on. */
  readonly signal_at?: string;
  /** The trip does not run. */
  readonly cancelled?: boolean;
  /** Why it passes this stop by. */
  readonly skipped?: "stop-closed" | "detour";
  readonly reason: Sentences;
};

/** What passengers should know. */
export type Alert = { readonly id: string; readonly header: Sentences; readonly description?: Sentences };

export type StopArrivals = {
  readonly stop: Stop & Partial<LatLon>;
  readonly made_at: string;
  readonly timezone: string;
  readonly alerts: readonly Alert[];
  readonly arrivals: readonly Arrival[];
};

/** A row of a planner's report: the columns are the report's own. */
export type ReportRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A planner's report, and how much of what was planned it rests on. */
export type Report = {
  readonly rows: readonly ReportRow[];
  readonly completeness: {
    readonly planned_trips: number;
    readonly seen_trips: number;
    readonly planned_calls: number;
    readonly seen_calls: number;
  };
};
