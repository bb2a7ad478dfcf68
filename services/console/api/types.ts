import type { components, paths } from "./openapi.generated.ts";

/**
 * The words of the page, taken from the description of the API (`openapi.generated.ts`): a route that changes its answer fails the type check
 * here, where the answer is used.
 */
type Schemas = components["schemas"];

export type Sentences = Schemas["Sentence"];
/** The languages that every text for people exists in. */
export type Language = keyof Sentences;
export type LatLon = Schemas["Place"];

export type ApiEvent = Schemas["ApiEvent"];
/** Newest first; `cursor` is absent on the last page. */
export type EventPage = Schemas["EventPage"];
export type EventHistogram = Schemas["EventHistogram"];
export type EventCount = Schemas["EventCount"];
export type SavedSearch = Schemas["SavedSearch"];
export type Session = Schemas["Session"];
/** What an account may; `pipelines/permission` says what each is. */
export type Right = Session["rights"][number];
export type Town = Omit<Schemas["Town"], "bounds"> & {
  /** West, south, east, north in degrees; the description cannot say that they are four. */
  readonly bounds?: readonly [number, number, number, number];
};
export type Camera = Schemas["Camera"];
export type StopArrivals = Schemas["StopArrivals"];
export type PushKey = Schemas["PushKey"];
export type StopTimetable = Schemas["StopTimetable"];
export type Arrival = StopArrivals["arrivals"][number];

/** A row of a planner's report: the columns are the report's own. */
export type ReportRow = Readonly<Record<string, string | number | boolean | null | undefined>>;
/** A planner's report, and how much of what was planned it rests on. */
export type Report = Omit<Schemas["Review"], "rows"> & { readonly rows: readonly ReportRow[] };

/** One line's day, planned and driven. */
export type LineDay = Schemas["LineDay"];
/** A piece of a past day, moment by moment. */
export type DayReplay = Schemas["DayReplay"];

/** A collection with geometries that say how many numbers they have, which the description cannot. */
type Placed<
  Name extends "StopCollection" | "LineCollection" | "VehicleCollection" | "SegmentCollection",
  Geometry,
> = {
  readonly type: "FeatureCollection";
  readonly features: readonly {
    readonly type: "Feature";
    readonly geometry: Geometry;
    readonly properties: Schemas[Name]["features"][number]["properties"];
  }[];
};
type Point = { readonly type: "Point"; readonly coordinates: readonly [number, number] };
type MultiLine = {
  readonly type: "MultiLineString";
  readonly coordinates: readonly (readonly (readonly [number, number])[])[];
};

type OneLine = {
  readonly type: "LineString";
  readonly coordinates: readonly (readonly [number, number])[];
};

export type StopCollection = Placed<"StopCollection", Point>;
export type LineCollection = Placed<"LineCollection", MultiLine>;
export type VehicleCollection = Placed<"VehicleCollection", Point>;
export type SegmentCollection = Placed<"SegmentCollection", OneLine>;
export type Stop = StopCollection["features"][number]["properties"];
export type Line = LineCollection["features"][number]["properties"];
export type Vehicle = VehicleCollection["features"][number]["properties"];

export type Incident = Schemas["Incident"];
export type IncidentEntry = Schemas["IncidentEntry"];
export type Shift = Schemas["Shift"];
export type Evidence = Schemas["Evidence"];
export type AskedEvidence = AskOf<"post", "/v1/evidence">["body"];
export type AskedChange = AskOf<"post", "/v1/incidents/{id}/changes">["body"];
export type AskedReminder = AskOf<"post", "/v1/reminders">["body"];
export type AskedOrder = Schemas["AskedOrder"];
export type OrderList = Schemas["OrderList"];
export type Block = Schemas["BlockList"]["blocks"][number];
export type DispatchVehicle = Schemas["DispatchVehicleList"]["vehicles"][number];

export type Health = Schemas["Health"];
export type Person = Schemas["Person"];
export type Grant = Person["grants"][number];
export type NewPerson = AskOf<"post", "/v1/people">["body"];
export type PersonChange = AskOf<"patch", "/v1/people/{login}">["body"];
export type UnknownTracker = Schemas["UnknownTrackerList"]["trackers"][number];
export type AuditLogPage = Schemas["AuditLogPage"];
export type AuditProof = Schemas["AuditProof"];

export type SettingsOwner = Schemas["SettingsOwner"];
/** Settings as they stand in a file: any names, any values. */
export type CameraSettings = Omit<Schemas["CameraSettings"], "settings"> & {
  readonly settings: Readonly<Record<string, unknown>>;
};
export type SectionSettings = Schemas["SectionSettings"];
export type FollowedTimetable = Schemas["TimetableList"]["timetables"][number];
export type TimetableList = Schemas["TimetableList"];
export type TimetableOffer = Schemas["TimetableOffer"];
export type GtfsFinding = Schemas["TimetableFindings"]["findings"][number];
export type CameraProbe = Schemas["CameraProbe"];
export type SetUpStill = Schemas["SetUpStill"];
export type PublicCamera = Schemas["PublicCameraList"]["cameras"][number];
export type Hold = Schemas["Hold"];
export type SubjectRequest = Schemas["SubjectRequest"];
export type RequestStep = AskOf<"post", "/v1/requests/{request}/steps">["body"];

type Method = "get" | "post" | "put" | "patch" | "delete";

/** An address that takes the method. */
export type PathOf<By extends Method> = {
  [Path in keyof paths]: paths[Path] extends Readonly<Record<By, object>> ? Path : never;
}[keyof paths];

type OperationOf<By extends Method, Path extends PathOf<By>> =
  paths[Path] extends Readonly<Record<By, infer Operation>> ? Operation : never;

/** What it answers when it does what was asked; undefined where that has no body. */
export type AnswerOf<By extends Method, Path extends PathOf<By>> =
  OperationOf<By, Path> extends {
    readonly responses: infer Responses;
  }
    ? BodyOf<Responses[keyof Responses & (200 | 201 | 204)]>
    : never;

type BodyOf<Response> = Response extends { readonly content: infer Content }
  ? Content[keyof Content]
  : undefined;

/** What it wants to be told: names in the address, and a body, where it has them. */
export type AskOf<By extends Method, Path extends PathOf<By>> = Names<OperationOf<By, Path>> &
  Sent<OperationOf<By, Path>>;

type Names<Operation> = Operation extends {
  readonly parameters: { readonly path: infer Path extends object };
}
  ? { readonly path: Path }
  : { readonly path?: undefined };
type Sent<Operation> = Operation extends {
  readonly requestBody: { readonly content: { readonly "application/json": infer Body } };
}
  ? { readonly body: Body }
  : { readonly body?: undefined };
