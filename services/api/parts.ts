import type { Audit } from "@yardline/audit/audit";
import type { EventBus } from "@yardline/bus/event-bus";
import type { LatLon } from "@yardline/domain/geo";
import type { ServiceAlert } from "@yardline/domain/service-alert";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import type { EvidenceDesk } from "@yardline/evidence/desk";
import type { RequestRegister } from "@yardline/evidence/request-register";
import type { Questions } from "@yardline/history/duckdb-questions";
import type { VisitFilter } from "@yardline/history/history";
import type { WasCancelled } from "@yardline/history/review/planned-calls";
import type { EventIndex } from "@yardline/index/event-index";
import type { Clip } from "@yardline/media/clip";
import type { DerivedStore, Gap, MediaStore } from "@yardline/media/media-store";
import type { AskedOrder, Order, Standing } from "@yardline/operations/order";
import type { PublicPositions } from "@yardline/privacy/public-positions";
import type { Contact } from "@yardline/privacy/sign";
import type { Records } from "@yardline/records/records";
import type { Shares } from "@yardline/tenancy/shares";
import type { Tenant } from "@yardline/tenancy/tree";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { CameraView } from "./camera-parts.ts";
import type { HealthCode, Trouble } from "./health-codes.ts";
import type { Identity } from "./identify.ts";
import type { Limits } from "./limits.ts";
import type { HoldView, PauseView, PublicCountView } from "./privacy-parts.ts";
import type { CameraSetUp, SettingsView } from "./settings-parts.ts";
import type { TimetableView } from "./timetable-parts.ts";

/** Everything the doors stand on. Each route names in its signature which of them it uses. */
export type Parts = {
  readonly index: EventIndex;
  readonly bus: EventBus;
  readonly media: MediaStore;
  /** What people enter: incidents, shifts, searches. */
  readonly records: Records;
  /** Undefined where no timetable is loaded: the transit routes then say so. */
  readonly transit: TransitView | undefined;
  /** Undefined where no timetable is loaded. */
  readonly dispatch: DispatchView | undefined;
  readonly trackers: TrackerRegistry;
  /** Absent where no timetable is followed by this process. */
  readonly timetables?: TimetableView | undefined;
  /** Undefined where no timetable is loaded, or nothing was recorded yet. */
  readonly review: ReviewView | undefined;
  readonly cameras: CameraView;
  /** Undefined where the cameras are on edge boxes with records of their own: they are paused there. */
  readonly pauses?: PauseView;
  /** Undefined where recordings are on edge boxes. */
  readonly holds?: HoldView;
  /** Undefined where nothing is counted for the public. */
  readonly public_counts?: PublicCountView;
  /** Absent where the settings are another process's. */
  readonly settings?: SettingsView;
  /** Absent where cameras are watched by another process. */
  readonly setUp?: CameraSetUp;
  readonly town: TownView;
  readonly health: HealthView;
  /** Agreements with neighbours. Undefined for the invented town, which has none. */
  readonly shares?: Shares;
  /** Who may see what. Undefined for the invented town: everybody sees everything. */
  readonly identity?: Identity;
  /** Where it is written down who looks at what. Undefined for the invented town: its pictures show nobody. */
  readonly audit?: Audit;
  /** One playable MP4 of a camera's recording of [from, to), or undefined when nothing of it is kept. */
  readonly clip: (camera: string, from_ms: EpochMs, to_ms: EpochMs) => Promise<Clip | undefined>;
  /** Keeps what is made of clips. Undefined where recordings are on edges: it is then made anew each time. */
  readonly derived?: DerivedStore;
  /** What leaves as evidence, and what people who were filmed ask for. Undefined where nothing may leave. */
  readonly evidence?: { readonly desk: EvidenceDesk; readonly requests: RequestRegister };
  /** How browsers are told of a bus. Undefined where the town has no keys for it. */
  readonly push?: PushView;
  /** Why there is no recording of some times. */
  readonly gaps: (camera: string, from_ms: EpochMs, to_ms: EpochMs) => Promise<readonly Gap[]>;
  readonly log: Logger;
  readonly clock: Clock;
  readonly registry: Registry;
  /** Under which everybody may ask over TLS; without it nothing but this machine is served. */
  readonly public_name?: string;
  /** Where the built web page is. */
  readonly pageDir?: string;
  /** Other limits than `LIMITS`, one by one. */
  readonly limits?: Partial<Limits>;
};

/** What planners may ask: the past, and what was planned for it. */
export type ReviewView = {
  readonly timetables: readonly Timetable[];
  /** @throws AppError `HISTORY_ABSENT` where nothing was recorded yet. */
  history(): Promise<Questions>;
  /** Which runs of those service days, both inclusive, were cancelled. @throws AppError of Records. */
  cancelled(days: Pick<VisitFilter, "from" | "to">): Promise<WasCancelled>;
};

/** What the doors may ask of the transit side. Answers are of this moment; nothing waits. */
export type TransitView = {
  /** IANA name: the zone in which the timetable is read. */
  readonly timezone: string;
  listStops(): readonly (LatLon & {
    readonly stop_id: string;
    readonly stop_name: string;
    /** The neighbour whose it is, by name; absent for our own. */
    readonly shared_by?: string;
  })[];
  listLines(): readonly Line[];
  listVehicles(now_ms: EpochMs): readonly LiveVehicle[];
  /** Soonest first, at most an hour and a half ahead; undefined for a stop that is not in the timetable. */
  listArrivals(stop_id: string, now_ms: EpochMs): readonly Arrival[] | undefined;
  /** What the timetable and the orders that stand have of a stop in [from, to), soonest first; undefined as of `listArrivals`. */
  listPlanned(
    stop_id: string,
    span: readonly [EpochMs, EpochMs],
    now_ms: EpochMs,
  ): readonly Arrival[] | undefined;
  /** When any vehicle was last heard of; undefined where none ever was, or where nobody may know of any. */
  heardAt(now_ms: EpochMs): EpochMs | undefined;
  /** What passengers should know now or later, by the orders that stand. */
  listAlerts(now_ms: EpochMs): readonly ServiceAlert[];
  /** Whether live positions are hidden altogether. */
  isUnavailable(): boolean;
  /** GTFS-Realtime 2.0 `FeedMessage`s. */
  tripUpdates(now_ms: EpochMs): Uint8Array;
  vehiclePositions(now_ms: EpochMs): Uint8Array;
  alerts(now_ms: EpochMs): Uint8Array;
};

/** The transit side as dispatchers know it: nothing is hidden from them, and they may order. */
export type DispatchView = {
  listVehicles(now_ms: EpochMs): readonly DispatchVehicle[];
  /**
   * When each vehicle was within a circle, by the positions that are still kept: all of them since `since_ms`, fewer before, none
   * where it is undefined.
   */
  listPassages(
    around: { readonly center: LatLon; readonly radius_m: number },
    from_ms: EpochMs,
    to_ms: EpochMs,
  ): { readonly since_ms: EpochMs | undefined; readonly passages: readonly VehiclePassage[] };
  /** The blocks of a service day, and runs that are in none, by first departure. */
  listBlocks(service_date: string | undefined, now_ms: EpochMs): readonly BlockOfDay[];
  /** Every order that is kept, oldest first. */
  listOrders(): { readonly revision: number; readonly orders: readonly Standing[] };
  /** @throws AppError of `admitOrder`, `ORDERS_CHANGED`, `ORDERS_FULL`, those of Records. */
  order(asked: AskedOrder): Promise<Order>;
  readPolicy(): { readonly revision: number; readonly decided: Decided | undefined };
  /** @param seen_revision that the person saw. @throws AppError `POLICY_CHANGED`, those of Records. */
  decide(
    decided: Omit<Decided, "at">,
    seen_revision: number,
  ): Promise<{ readonly revision: number; readonly decided: Decided | undefined }>;
};

/** What was decided about live positions, by whom, why and when. */
export type Decided = {
  readonly policy: PublicPositions;
  readonly by: string;
  readonly why: string;
  readonly at: string;
};

export type DispatchVehicle = LiveVehicle & {
  /** How sure its run is, in (0, 1]; absent while it is on none. */
  readonly confidence?: number;
  readonly parked: boolean;
};

/** A vehicle within a circle for a while, and when it was nearest to the middle. */
export type VehiclePassage = {
  readonly vehicle_id: string;
  readonly from_ms: EpochMs;
  readonly to_ms: EpochMs;
  readonly nearest_at_ms: EpochMs;
  readonly nearest_m: number;
};

export type BlockOfDay = {
  readonly feed: string;
  readonly service_date: string;
  /** Absent for a run that is in no block. */
  readonly block_id?: string;
  readonly runs: readonly (TripRun & {
    readonly headsign?: string;
    readonly starts_ms: EpochMs;
    readonly ends_ms: EpochMs;
    readonly cancelled: boolean;
  })[];
  /** Given to it by people. */
  readonly assigned: readonly string[];
  /** Seen to drive one of its runs now. */
  readonly driven_by: readonly {
    readonly vehicle_id: string;
    readonly confidence: number;
    readonly trip_id: string;
  }[];
};

export type Line = {
  readonly route_id: string;
  readonly route_short_name: string;
  readonly route_long_name: string;
  /** Six hex digits without `#`. */
  readonly route_color: string;
  /** Where it runs, one polyline a direction or variant. */
  readonly shapes: readonly (readonly LatLon[])[];
  /** Where it calls, in no order. */
  readonly stop_ids?: readonly string[];
  /** The neighbour whose it is, by name; absent for our own. */
  readonly shared_by?: string;
};

/** Which tracker is on which vehicle. Another process may be the one that listens to them. */
export type TrackerRegistry = {
  /** Those that knocked in vain, the last heard first. @throws AppError of Records. */
  listUnknown(): Promise<readonly UnknownTracker[]>;
  /** @throws AppError `DEVICE_PROTOCOL`, `DEVICE_TAKEN`, those of Records. */
  adopt(device: {
    readonly protocol: string;
    readonly device_id: string;
    readonly vehicle_id: string;
  }): Promise<void>;
};

/** What a browser has to know to be told something, and which push services are called. */
export type PushView = {
  /** RFC 8292, base64url. */
  readonly public_key: string;
  isPushAddress(endpoint: string): boolean;
};

type UnknownTracker = {
  readonly protocol: string;
  readonly device_id: string;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
};

/** What the page says about the town itself. */
export type TownView = {
  readonly name: string;
  readonly tenant: string;
  /** True for the invented town: the page says so on every screen. */
  readonly simulated: boolean;
  /** IANA name for a town without a timetable, which otherwise says it; UTC where neither does. */
  readonly timezone?: string;
  /** The tree of a region, for its own doors alone. */
  readonly tenants?: readonly Tenant[];
  /** What the register of cameras says of all of them. */
  readonly privacy?: Contact;
};

/** How one part of the process is. Never an address or a secret: anybody on this machine may read it. */
export type PartHealth = {
  readonly name: string;
  readonly running: boolean;
  /** Whether the town works at all without it: a lost camera is not, the index is. */
  readonly required: boolean;
  /** What is wrong or what it waits for, in English. */
  readonly detail?: string;
  /** The same for pages, which have words for each code. */
  readonly code?: HealthCode;
  readonly values?: Trouble["values"];
};

export type HealthView = { listParts(): readonly PartHealth[] };
