import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import type { EventHub } from "./event-hub.ts";
import type { Identify } from "./identify.ts";
import type { IncidentHub } from "./incident-hub.ts";
import type { Limits } from "./limits.ts";
import type { Parts } from "./parts.ts";
import { accountPasswordRoute } from "./routes/account-password.ts";
import { accountSessionsRoute } from "./routes/account-sessions.ts";
import { accountTotpRoute } from "./routes/account-totp.ts";
import { alertsRoute } from "./routes/alerts.ts";
import { arrivalsRoute } from "./routes/arrivals.ts";
import { arrivalsStreamRoute } from "./routes/arrivals-stream.ts";
import { auditRoute } from "./routes/audit.ts";
import { auditProofRoute } from "./routes/audit-proof.ts";
import { blocksRoute } from "./routes/blocks.ts";
import { cameraPauseRoute } from "./routes/camera-pause.ts";
import { cameraPlaybackRoute } from "./routes/camera-playback.ts";
import { cameraProbesRoute } from "./routes/camera-probes.ts";
import { cameraRecordingsRoute } from "./routes/camera-recordings.ts";
import { cameraSettingsRoute } from "./routes/camera-settings.ts";
import { cameraStatisticsRoute } from "./routes/camera-statistics.ts";
import { cameraViewsRoute } from "./routes/camera-views.ts";
import { camerasRoute } from "./routes/cameras.ts";
import { dispatchVehiclesRoute } from "./routes/dispatch-vehicles.ts";
import { eventRoute } from "./routes/event.ts";
import { eventClipRoute } from "./routes/event-clip.ts";
import { eventFilmstripRoute } from "./routes/event-filmstrip.ts";
import { eventNeighboursRoute } from "./routes/event-neighbours.ts";
import { eventSnapshotRoute } from "./routes/event-snapshot.ts";
import { eventStreamRoute } from "./routes/event-stream.ts";
import { eventsRoute } from "./routes/events.ts";
import { eventsCompletionsRoute } from "./routes/events-completions.ts";
import { eventsCountRoute } from "./routes/events-count.ts";
import { eventsFacetsRoute } from "./routes/events-facets.ts";
import { eventsHistogramRoute } from "./routes/events-histogram.ts";
import { evidenceRoute } from "./routes/evidence.ts";
import { evidenceDownloadRoute } from "./routes/evidence-download.ts";
import { evidenceHandOverRoute } from "./routes/evidence-hand-over.ts";
import { evidenceKeyRoute } from "./routes/evidence-key.ts";
import { evidenceReleaseRoute } from "./routes/evidence-release.ts";
import { gtfsRealtimeRoute } from "./routes/gtfs-realtime.ts";
import { healthRoute } from "./routes/health.ts";
import { holdsRoute } from "./routes/holds.ts";
import { incidentRoute } from "./routes/incident.ts";
import { incidentChangesRoute } from "./routes/incident-changes.ts";
import { incidentLockRoute } from "./routes/incident-lock.ts";
import { incidentStreamRoute } from "./routes/incident-stream.ts";
import { incidentsRoute } from "./routes/incidents.ts";
import { linesRoute } from "./routes/lines.ts";
import { liveRoute } from "./routes/live.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { ogcRoute } from "./routes/ogc.ts";
import { ogcEventsRoute } from "./routes/ogc-events.ts";
import { ogcPlacesRoute } from "./routes/ogc-places.ts";
import { ogcVehiclesRoute } from "./routes/ogc-vehicles.ts";
import { oidcRoute } from "./routes/oidc.ts";
import { ordersRoute } from "./routes/orders.ts";
import { passagesRoute } from "./routes/passages.ts";
import { peopleRoute } from "./routes/people.ts";
import { placesRoute } from "./routes/places.ts";
import { publicCamerasRoute } from "./routes/public-cameras.ts";
import { publicCountsRoute } from "./routes/public-counts.ts";
import { publicPositionsRoute } from "./routes/public-positions.ts";
import { remindersRoute } from "./routes/reminders.ts";
import { requestsRoute } from "./routes/requests.ts";
import { reviewRoute } from "./routes/review.ts";
import { reviewLineDayRoute } from "./routes/review-line-day.ts";
import { reviewReplayRoute } from "./routes/review-replay.ts";
import { reviewSegmentsRoute } from "./routes/review-segments.ts";
import { searchRoute } from "./routes/search.ts";
import { searchAlertsRoute } from "./routes/search-alerts.ts";
import { searchesRoute } from "./routes/searches.ts";
import { sectionSettingsRoute } from "./routes/section-settings.ts";
import { sessionRoute } from "./routes/session.ts";
import { setUpRoute } from "./routes/set-up.ts";
import { settingsRoute } from "./routes/settings.ts";
import { sharedRoute } from "./routes/shared.ts";
import { sharesRoute } from "./routes/shares.ts";
import { shiftsRoute } from "./routes/shifts.ts";
import { siriRoute } from "./routes/siri.ts";
import { stopReportsRoute } from "./routes/stop-reports.ts";
import { stopTimetableRoute } from "./routes/stop-timetable.ts";
import { stopsRoute } from "./routes/stops.ts";
import { timetableChoiceRoute } from "./routes/timetable-choice.ts";
import { timetablesRoute } from "./routes/timetables.ts";
import { tokensRoute } from "./routes/tokens.ts";
import { townRoute } from "./routes/town.ts";
import { trackersRoute } from "./routes/trackers.ts";
import { vehiclesRoute } from "./routes/vehicles.ts";
import { zonesRoute } from "./routes/zones.ts";
import type { Streams } from "./streams.ts";
import type { Telemetry } from "./telemetry.ts";
import type { WorkQueue } from "./work-queue.ts";

/** What routes may ask for beside the parts of the town: what this service itself keeps. */
export type RouteParts = Parts & {
  readonly bounds: Limits;
  readonly telemetry: Telemetry;
  readonly hub: EventHub;
  readonly incidents: IncidentHub;
  readonly streams: Streams;
  readonly identify: Identify;
  /** One for all that hash a password. */
  readonly logins: WorkQueue;
};

/** Every door there is. A new one is one file and one line here; its signature says what it uses. */
const ROUTES: readonly FastifyPluginAsync<RouteParts>[] = [
  eventsRoute,
  eventsCountRoute,
  eventsHistogramRoute,
  eventsFacetsRoute,
  eventsCompletionsRoute,
  eventStreamRoute,
  eventRoute,
  eventSnapshotRoute,
  eventClipRoute,
  eventFilmstripRoute,
  searchAlertsRoute,
  searchesRoute,
  searchRoute,
  incidentsRoute,
  incidentStreamRoute,
  incidentRoute,
  incidentChangesRoute,
  incidentLockRoute,
  shiftsRoute,
  eventNeighboursRoute,
  camerasRoute,
  cameraRecordingsRoute,
  cameraPlaybackRoute,
  liveRoute,
  cameraStatisticsRoute,
  cameraViewsRoute,
  zonesRoute,
  placesRoute,
  cameraPauseRoute,
  holdsRoute,
  publicCamerasRoute,
  publicCountsRoute,
  evidenceRoute,
  evidenceReleaseRoute,
  evidenceDownloadRoute,
  evidenceHandOverRoute,
  evidenceKeyRoute,
  requestsRoute,
  stopsRoute,
  stopReportsRoute,
  stopTimetableRoute,
  remindersRoute,
  arrivalsRoute,
  arrivalsStreamRoute,
  linesRoute,
  vehiclesRoute,
  gtfsRealtimeRoute,
  alertsRoute,
  ordersRoute,
  blocksRoute,
  dispatchVehiclesRoute,
  passagesRoute,
  publicPositionsRoute,
  trackersRoute,
  reviewRoute,
  reviewReplayRoute,
  reviewLineDayRoute,
  reviewSegmentsRoute,
  siriRoute,
  sharesRoute,
  sharedRoute,
  ogcRoute,
  ogcPlacesRoute,
  ogcVehiclesRoute,
  ogcEventsRoute,
  townRoute,
  sessionRoute,
  oidcRoute,
  setUpRoute,
  accountPasswordRoute,
  accountTotpRoute,
  accountSessionsRoute,
  peopleRoute,
  tokensRoute,
  settingsRoute,
  cameraSettingsRoute,
  sectionSettingsRoute,
  cameraProbesRoute,
  timetablesRoute,
  timetableChoiceRoute,
  auditRoute,
  auditProofRoute,
  healthRoute,
  metricsRoute,
];

export async function registerRoutes(app: FastifyInstance, parts: RouteParts): Promise<void> {
  for (const route of ROUTES) await app.register(route, parts);
}
