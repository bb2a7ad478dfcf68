import { expect, test } from "vitest";
import { sharedApp } from "./testing/app.ts";

const shared = sharedApp();

type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: object }>>;
};
type Document = {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

async function describedApi(): Promise<Document> {
  const app = shared();
  return (await app.inject("/v1/openapi.json")).json();
}

test("every operation has a name, a summary, a known tag and says what a refusal looks like", async () => {
  const { openapi, paths, tags } = await describedApi();
  expect(openapi).toBe("3.1.0");
  const known = tags.map(({ name }) => name);
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  for (const { operationId, summary, tags: own, responses } of operations) {
    expect({ operationId, summary }).toEqual({
      operationId: expect.any(String),
      summary: expect.any(String),
    });
    expect(known).toContain(own?.[0]);
    expect(responses["default"]).toEqual({ $ref: "#/components/responses/ProblemOther" });
    // Each refusal is described once, however many operations have it.
    expect(JSON.stringify(Object.values(responses))).not.toContain("application/problem+json");
  }
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
});

test("what there is", async () => {
  const { paths, components } = await describedApi();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
  );
  expect(operations.filter((each) => !each.startsWith("head"))).toMatchInlineSnapshot(`
    [
      "get /v1/events searchEvents",
      "post /v1/events/search searchEventsStructured",
      "get /v1/events/count countEvents",
      "get /v1/events/histogram countEventsByTime",
      "get /v1/events/facets countEventsByValue",
      "get /v1/events/completions completeQuery",
      "get /v1/events/stream streamEvents",
      "get /v1/events/{occurrence} getEvent",
      "get /v1/events/{occurrence}/snapshot getEventSnapshot",
      "get /v1/events/{occurrence}/clip getEventClip",
      "get /v1/events/{occurrence}/filmstrip getEventFilmstrip",
      "get /v1/searches/stream streamSearchAlerts",
      "get /v1/searches listSearches",
      "post /v1/searches saveSearch",
      "get /v1/searches/{id} getSearch",
      "put /v1/searches/{id} changeSearch",
      "delete /v1/searches/{id} deleteSearch",
      "get /v1/incidents listIncidents",
      "post /v1/incidents openIncident",
      "get /v1/incidents/stream streamIncidents",
      "get /v1/incidents/{id} getIncident",
      "get /v1/incidents/{id}/log listIncidentEntries",
      "post /v1/incidents/{id}/changes changeIncident",
      "get /v1/incidents/{id}/lock getIncidentLock",
      "put /v1/incidents/{id}/lock lockIncident",
      "delete /v1/incidents/{id}/lock unlockIncident",
      "get /v1/shifts listShifts",
      "post /v1/shifts beginShift",
      "post /v1/shifts/{id}/end endShift",
      "post /v1/shifts/{id}/accept acceptShift",
      "get /v1/events/{occurrence}/neighbours listEventNeighbours",
      "get /v1/cameras listCameras",
      "get /v1/cameras/{camera}/recordings listRecordings",
      "get /v1/cameras/{camera}/playback.m3u8 getPlaylist",
      "get /v1/cameras/{camera}/segments/{at_ms}/{segment}/{part} getSegment",
      "get /v1/cameras/{camera}/live.mp4 watchCamera",
      "get /v1/live watchCameras",
      "get /v1/cameras/{camera}/statistics getCameraStatistics",
      "get /v1/cameras/{camera}/views listCameraViews",
      "post /v1/cameras/{camera}/turn turnCamera",
      "get /v1/zones listZones",
      "get /v1/places listPlaces",
      "post /v1/cameras/{camera}/pause pauseCamera",
      "post /v1/cameras/{camera}/pause/end resumeCamera",
      "get /v1/holds listHolds",
      "post /v1/holds makeHold",
      "post /v1/holds/{hold}/extend extendHold",
      "post /v1/holds/{hold}/release releaseHold",
      "get /v1/public/cameras listPublicCameras",
      "get /v1/public/cameras/{camera}/sign getCameraSign",
      "get /v1/public/counts countPublicly",
      "post /v1/evidence askEvidence",
      "get /v1/evidence listEvidence",
      "get /v1/evidence/{evidence} getEvidence",
      "post /v1/evidence/{evidence}/approve approveEvidence",
      "post /v1/evidence/{evidence}/refuse refuseEvidence",
      "post /v1/evidence/{evidence}/withdraw withdrawEvidence",
      "post /v1/evidence/{evidence}/link linkEvidence",
      "get /v1/evidence-links/{token} fetchEvidence",
      "post /v1/evidence/{evidence}/hand-overs handOverEvidence",
      "get /v1/evidence/{evidence}/sheet getHandOverSheet",
      "get /v1/evidence/key getEvidenceKey",
      "get /v1/evidence/verifier getEvidenceVerifier",
      "get /v1/requests listRequests",
      "post /v1/requests recordRequest",
      "post /v1/requests/{request}/steps takeRequestStep",
      "get /v1/stops listStops",
      "post /v1/stops/{stop_id}/reports reportMissing",
      "get /v1/stop-reports countStopReports",
      "get /v1/stops/{stop_id}/timetable getStopTimetable",
      "get /v1/push-key getPushKey",
      "post /v1/reminders addReminder",
      "delete /v1/reminders/{id} removeReminder",
      "get /v1/stops/{stop_id}/arrivals listArrivals",
      "get /v1/stops/{stop_id}/arrivals/stream streamArrivals",
      "get /v1/lines listLines",
      "get /v1/vehicles listVehicles",
      "get /gtfs-realtime/trip-updates.pb getTripUpdates",
      "get /gtfs-realtime/vehicle-positions.pb getVehiclePositions",
      "get /gtfs-realtime/alerts.pb getAlerts",
      "get /v1/alerts listAlerts",
      "get /v1/orders listOrders",
      "post /v1/orders giveOrder",
      "post /v1/orders/{id}/undo undoOrder",
      "get /v1/blocks listBlocks",
      "get /v1/dispatch/vehicles listDispatchVehicles",
      "get /v1/passages listPassages",
      "get /v1/public-positions getPublicPositions",
      "put /v1/public-positions decidePublicPositions",
      "get /v1/trackers/unknown listUnknownTrackers",
      "post /v1/trackers adoptTracker",
      "get /v1/review/{report} reviewDays",
      "get /v1/review/replay replayDay",
      "get /v1/review/line-day reviewLineDay",
      "get /v1/review/segments listSegments",
      "get /siri/2.0/stop-monitoring.xml getStopMonitoring",
      "get /siri/2.0/vehicle-monitoring.xml getVehicleMonitoring",
      "get /v1/shares listShares",
      "post /v1/shares makeShare",
      "post /v1/shares/{share}/end endShare",
      "get /v1/shared getSharedLines",
      "get /v1/shared/vehicle-positions.pb getSharedVehiclePositions",
      "get /v1/shared/trip-updates.pb getSharedTripUpdates",
      "get /v1/ogc getOgcLandingPage",
      "get /v1/ogc/conformance getOgcConformance",
      "get /v1/ogc/collections listOgcCollections",
      "get /v1/ogc/collections/{collection} getOgcCollection",
      "get /v1/ogc/collections/places/items listPlaceFeatures",
      "get /v1/ogc/collections/places/items/{feature} getPlaceFeature",
      "get /v1/ogc/collections/vehicles/items listVehicleFeatures",
      "get /v1/ogc/collections/vehicles/items/{feature} getVehicleFeature",
      "get /v1/ogc/collections/events/items listEventFeatures",
      "get /v1/ogc/collections/events/items/{feature} getEventFeature",
      "get /v1/town getTown",
      "get /v1/session getSession",
      "post /v1/session signIn",
      "delete /v1/session signOut",
      "get /v1/session/oidc beginOutsideSignIn",
      "get /v1/session/oidc/callback finishOutsideSignIn",
      "post /v1/set-up makeFirstAccount",
      "put /v1/account/password changePassword",
      "post /v1/account/totp offerTotp",
      "put /v1/account/totp confirmTotp",
      "post /v1/account/totp/removal removeTotp",
      "get /v1/account/sessions listOwnSessions",
      "delete /v1/account/sessions/{id} endOwnSession",
      "get /v1/people listPeople",
      "post /v1/people addPerson",
      "patch /v1/people/{login} changePerson",
      "get /v1/tokens listTokens",
      "post /v1/tokens makeToken",
      "delete /v1/tokens/{id} revokeToken",
      "get /v1/settings getSettings",
      "get /v1/settings/cameras listCameraSettings",
      "get /v1/settings/cameras/{camera} getCameraSettings",
      "put /v1/settings/cameras/{camera} writeCameraSettings",
      "delete /v1/settings/cameras/{camera} removeCameraSettings",
      "get /v1/settings/sections listSectionSettings",
      "get /v1/settings/sections/{section} getSectionSettings",
      "put /v1/settings/sections/{section} writeSectionSettings",
      "delete /v1/settings/sections/{section} removeSectionSettings",
      "post /v1/camera-probes probeCamera",
      "post /v1/cameras/{camera}/still takeSetUpStill",
      "get /v1/stills/{still} getSetUpStill",
      "get /v1/timetables listTimetables",
      "get /v1/timetables/{feed}/versions/{version}/findings checkTimetable",
      "put /v1/timetables/{feed}/offer sendTimetablePiece",
      "delete /v1/timetables/{feed}/offer dropTimetableOffer",
      "post /v1/timetables/{feed}/choices chooseTimetable",
      "post /v1/timetables/{feed}/returns returnToTimetable",
      "get /v1/audit listAuditEntries",
      "post /v1/audit/proof proveAuditLog",
      "get /healthz getHealth",
      "get /metrics getMetrics",
    ]
  `);
  const schemas = `${Object.keys(components.schemas).join("\n")}\n`;
  await expect(schemas).toMatchFileSnapshot("fixtures/openapi-schemas.txt");
});

test("every reference leads somewhere", async () => {
  const document = await describedApi();
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(10);
  for (const [, name = ""] of references) expect(document.components.schemas).toHaveProperty(name);
});

test("the page about it comes whole from here", async () => {
  const app = shared();
  const page = await app.inject("/docs");
  const body = page.statusCode === 200 ? page.body : (await app.inject("/docs/")).body;
  const linked = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = ""]) => address);
  expect(linked.length).toBeGreaterThan(3);
  for (const address of linked) {
    const { pathname, origin } = new URL(address, "http://localhost/docs/");
    expect(origin).toBe("http://localhost");
    expect((await app.inject(pathname)).statusCode).toBe(200);
  }
});
