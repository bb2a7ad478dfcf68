import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { AskedOrder, Order } from "@yardline/operations/order";
import type { FastifyInstance } from "fastify";
import type { TSchema } from "typebox";
import { openToAll } from "./access.ts";
import { ApiEvent } from "./api-event.ts";
import { asyncApi } from "./asyncapi.ts";
import { describeRoute, SECURITY_SCHEMES } from "./describe-route.ts";
import { EventCondition } from "./event-question.ts";
import { Evidence } from "./evidence.ts";
import { nameProblems } from "./named-problems.ts";
import { Collection, OgcLink } from "./ogc.ts";
import { Problem } from "./problem.ts";
import { AlertList } from "./routes/alerts.ts";
import { StopArrivals } from "./routes/arrivals.ts";
import { AuditLogPage } from "./routes/audit.ts";
import { AuditProof } from "./routes/audit-proof.ts";
import { BlockList } from "./routes/blocks.ts";
import { CameraProbe, SetUpStill } from "./routes/camera-probes.ts";
import { CameraRecordings } from "./routes/camera-recordings.ts";
import { CameraSettings } from "./routes/camera-settings.ts";
import { CameraStatisticsAnswer } from "./routes/camera-statistics.ts";
import { CameraViewList } from "./routes/camera-views.ts";
import { Camera, CameraList } from "./routes/cameras.ts";
import { DispatchVehicleList } from "./routes/dispatch-vehicles.ts";
import { EventNeighbours } from "./routes/event-neighbours.ts";
import { EventPage } from "./routes/events.ts";
import { QueryCompletions } from "./routes/events-completions.ts";
import { EventCount } from "./routes/events-count.ts";
import { EventFacets } from "./routes/events-facets.ts";
import { EventHistogram } from "./routes/events-histogram.ts";
import { Health } from "./routes/health.ts";
import { HoldAnswer } from "./routes/holds.ts";
import { IncidentEntry, IncidentLog } from "./routes/incident.ts";
import { IncidentAnswer, IncidentList } from "./routes/incidents.ts";
import { LineCollection } from "./routes/lines.ts";
import { OgcCollections, OgcConformance, OgcLanding } from "./routes/ogc.ts";
import { EventFeature, EventFeatures } from "./routes/ogc-events.ts";
import { PlaceFeature, PlaceFeatures } from "./routes/ogc-places.ts";
import { VehicleFeature, VehicleFeatures } from "./routes/ogc-vehicles.ts";
import { OrderList } from "./routes/orders.ts";
import { PassageList } from "./routes/passages.ts";
import { PersonAnswer } from "./routes/people.ts";
import { PlaceList } from "./routes/places.ts";
import { PublicCameraList } from "./routes/public-cameras.ts";
import { PublicCounts } from "./routes/public-counts.ts";
import { PublicPositionsState } from "./routes/public-positions.ts";
import { REMINDER_SCHEMAS } from "./routes/reminders.ts";
import { SubjectRequestAnswer } from "./routes/requests.ts";
import { Review } from "./routes/review.ts";
import { LineDay } from "./routes/review-line-day.ts";
import { DayReplay } from "./routes/review-replay.ts";
import { SegmentCollection } from "./routes/review-segments.ts";
import { SavedSearchAnswer } from "./routes/searches.ts";
import { SectionSettings } from "./routes/section-settings.ts";
import { Session } from "./routes/session.ts";
import { SettingsOwnerAnswer, TownSettings } from "./routes/settings.ts";
import { ShareAnswer } from "./routes/shares.ts";
import { ShiftAnswer, ShiftList } from "./routes/shifts.ts";
import { StopReportList } from "./routes/stop-reports.ts";
import { StopTimetable } from "./routes/stop-timetable.ts";
import { StopCollection } from "./routes/stops.ts";
import { TimetablePieceTaken } from "./routes/timetable-choice.ts";
import { ApiTokenAnswer } from "./routes/tokens.ts";
import { Town } from "./routes/town.ts";
import { UnknownTrackerList } from "./routes/trackers.ts";
import { VehicleCollection } from "./routes/vehicles.ts";
import { ZoneList } from "./routes/zones.ts";
import { Place, Sentence } from "./schemas.ts";
import { SharedLines } from "./shared-lines.ts";
import { TimetableFindings, TimetableList, TimetableOffer } from "./timetable-answers.ts";

/** Everything that has a name in the description of the API. */
const COMPONENTS: readonly TSchema[] = [
  Problem,
  Sentence,
  Place,
  ApiEvent,
  EventPage,
  EventCondition,
  EventCount,
  EventHistogram,
  EventFacets,
  EventNeighbours,
  QueryCompletions,
  SavedSearchAnswer,
  IncidentAnswer,
  IncidentList,
  IncidentEntry,
  IncidentLog,
  ShiftAnswer,
  ShiftList,
  Camera,
  CameraList,
  CameraRecordings,
  Evidence,
  SubjectRequestAnswer,
  CameraStatisticsAnswer,
  CameraViewList,
  ZoneList,
  PlaceList,
  PassageList,
  OgcLink,
  OgcLanding,
  OgcConformance,
  Collection,
  OgcCollections,
  PlaceFeature,
  PlaceFeatures,
  VehicleFeature,
  VehicleFeatures,
  EventFeature,
  EventFeatures,
  HoldAnswer,
  StopCollection,
  StopReportList,
  StopArrivals,
  StopTimetable,
  ...REMINDER_SCHEMAS,
  LineCollection,
  VehicleCollection,
  AlertList,
  AskedOrder,
  Order,
  OrderList,
  BlockList,
  DispatchVehicleList,
  PublicPositionsState,
  PublicCameraList,
  PublicCounts,
  UnknownTrackerList,
  Review,
  DayReplay,
  LineDay,
  SegmentCollection,
  Town,
  Health,
  Session,
  PersonAnswer,
  ShareAnswer,
  SharedLines,
  ApiTokenAnswer,
  AuditLogPage,
  AuditProof,
  SettingsOwnerAnswer,
  TownSettings,
  CameraSettings,
  SectionSettings,
  SetUpStill,
  CameraProbe,
  TimetableFindings,
  TimetableOffer,
  TimetablePieceTaken,
  TimetableList,
];

const TAGS = [
  { name: "shares", description: "Lines over the border, given to neighbours and taken from them." },
  { name: "events", description: "What happened: in yards and on lines" },
  { name: "incidents", description: "The log of a situation centre: incidents, shifts, what is handed over" },
  { name: "cameras", description: "Cameras and on what basis they run" },
  { name: "settings", description: "What the town is set up as, and changing it where no file owns it" },
  { name: "transit", description: "Stops, lines, vehicles, arrivals" },
  {
    name: "features",
    description: "Places, vehicles and events for other people's maps: OGC API – Features",
  },
  { name: "dispatch", description: "For dispatchers: orders, blocks, where vehicles really are, trackers" },
  { name: "review", description: "Past days against the timetable, for planners" },
  {
    name: "evidence",
    description: "What is held and leaves as evidence, and what people ask who were filmed",
  },
  { name: "town", description: "The town itself" },
  { name: "people", description: "Who is asking, and what they may" },
  { name: "audit", description: "Who looked at what, and what for" },
  { name: "operation", description: "For whoever runs the box" },
];

/**
 * The description of the API at `/v1/openapi.json`, out of the routes' own schemas, and a page for it at `/docs`; that of the topics
 * and live streams at `/v1/asyncapi.json`, out of the catalogue of events.
 */
export async function describeApi(app: FastifyInstance): Promise<void> {
  for (const component of COMPONENTS) app.addSchema(component);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Yardline",
        description: "A town's events, cameras and buses. Every refusal is an RFC 9457 problem.",
        version: "1.0.0",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/", description: "The town that this was asked of." }],
      tags: TAGS,
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    transform: describeRoute,
    transformObject: nameProblems,
    refResolver: { buildLocalReference: ({ $id }, _base, _fragment, index) => String($id ?? `def-${index}`) },
  });
  // The page is all ours: no validator of a third party looks at it.
  await app.register(async (docs) => {
    openToAll(docs);
    await docs.register(swaggerUi, {
      routePrefix: "/docs",
      uiConfig: { validatorUrl: null },
      theme: { title: "Yardline API" },
    });
    docs.get("/v1/openapi.json", { schema: { hide: true } }, async () => app.swagger());
    docs.get("/v1/asyncapi.json", { schema: { hide: true } }, async () => asyncApi());
  });
}
