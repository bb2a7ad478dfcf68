import { sessionId } from "@yardline/identity/sessions";
import { RIGHTS } from "@yardline/permission/rights";
import { expect, test } from "vitest";
import { servedApp } from "./testing/app.ts";
import { deskRecords, SEARCH } from "./testing/desk-records.ts";
import { bodyOfExport, waitingEvidence } from "./testing/evidence.ts";
import { memoryIndex, memoryMedia } from "./testing/fakes.ts";
import { askedHold, HOLDS, keptHolds } from "./testing/holds.ts";
import { type Operation, operationsOf } from "./testing/operations.ts";
import { PEOPLE, testIdentity } from "./testing/people.ts";
import { outcomeOf } from "./testing/permission-outcomes.ts";
import { TABLE } from "./testing/permission-table.ts";
import { CAMERA, NOON_MS, presence, stopVisit } from "./testing/scenes.ts";

/**
 * Every operation of the API × everybody × what is theirs and what is another's. `y` passes, `1` must sign in (401), `3` lacks the
 * right (403), `4` does not learn that it exists (404). An operation that is not in the table fails.
 */
const VISITORS = ["resident", ...Object.keys(PEOPLE)] as const;
const EVENTS = {
  own: presence(0, { source: "camera/yard", data: { camera: "yard" } }),
  foreign: presence(1, { source: "camera/gate", data: { camera: "gate" } }),
  bus: stopVisit(2),
  neighbours: presence(3, { tenant: "neighbour" }),
};
const CAMERAS = { own: "yard", foreign: "gate" };
const INCIDENTS = { own: "2026-11-00000001", foreign: "2026-11-00000002" };
/** Of the dispatcher; shared, and yet nobody else's to change. */
const SEARCHES = { own: "2026-11-00000001", foreign: "" };
/** Of the dispatcher of one yard, and of the one of all. */
const SHIFTS = { own: "2026-11-00000001", foreign: "2026-11-00000002" };
const PERIOD = "from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z";
/** What an operation wants in its query or body to be asked at all. */
const QUERIES: Readonly<Record<string, string>> = {
  sendTimetablePiece: "name=town.zip&of=1&at=0",
  countEventsByTime: `${PERIOD}&every=hour`,
  countEventsByValue: `${PERIOD}&by=label`,
  listPassages: `near=49.84,24.03,300&${PERIOD}`,
  completeQuery: "q=&at=0",
  listRecordings: PERIOD,
  getPlaylist: PERIOD,
  countStopReports: PERIOD,
  watchCameras: "camera=yard",
  reviewDays: "from=2026-11-01&to=2026-11-02",
  replayDay: "date=2026-11-01",
  reviewLineDay: "date=2026-11-01&route_id=1",
  getStopMonitoring: "MonitoringRef=market",
};
const BODIES: Readonly<Record<string, object>> = {
  searchEventsStructured: {},
  reportMissing: {},
  addReminder: {},
  writeCameraSettings: { settings: {} },
  writeSectionSettings: { value: {} },
  chooseTimetable: { version: "a".repeat(64) },
  returnToTimetable: { newest: "a".repeat(64) },
  probeCamera: { address: "rtsp://camera.example/1" },
  turnCamera: { view: "gate" },
  pauseCamera: { reason: "a funeral", until: "2026-12-01T00:00:00Z" },
  resumeCamera: { reason: "it is over" },
  makeHold: askedHold("yard"),
  "makeHold/foreign": askedHold("gate"),
  extendHold: { until: "2026-12-24T00:00:00Z", reason: "still asked for" },
  releaseHold: { reason: "the case is closed" },
  "askEvidence/own": bodyOfExport("yard"),
  "askEvidence/foreign": bodyOfExport("gate"),
  handOverEvidence: { to: "Officer", authority: "Police", document: "1/2", medium: "drive 3" },
  recordRequest: {},
  takeRequestStep: { step: "identity-checked", how: "passport" },
  saveSearch: SEARCH,
  changeSearch: SEARCH,
  openIncident: { do: "open", title: "A window", purpose: "broken window" },
  changeIncident: { do: "note", text: "A note." },
  lockIncident: {},
  beginShift: { purpose: "duty of the day" },
  endShift: {},
  giveOrder: {},
  undoOrder: {},
  decidePublicPositions: {},
  adoptTracker: {},
  signIn: { login: "nobody", password: "nothing of the kind" },
  changePassword: { old: "nothing of the kind", new: "nothing of the kind" },
  offerTotp: { password: "nothing of the kind" },
  confirmTotp: { code: "000000" },
  removeTotp: { password: "nothing of the kind" },
  addPerson: { login: "planner", name: "Taken", password: "nothing of the kind", grants: [] },
  changePerson: { name: "Another" },
  makeShare: {
    to: { tenant: "lypivka", name: "Lypivka", signed_by: "I. Moroz" },
    ...{ route_ids: ["r3"], what: ["vehicles"], purpose: "line 3", signed_by: "O. Koval" },
  },
  endShare: { why: "the line is given up" },
  makeToken: { what_for: "all", rights: [...RIGHTS], expires_at: "2026-12-01T00:00:00Z" },
  makeFirstAccount: { token: "none", login: "first", name: "First", password: "nothing of the kind" },
};

async function openDoors() {
  const index = memoryIndex();
  await index.put(Object.values(EVENTS));
  const cameras = Object.values(CAMERAS).map((id) => ({ ...CAMERA, id }));
  const people = await testIdentity();
  const media = memoryMedia({ "snap-1": new Uint8Array([1]) });
  const evidence = await waitingEvidence(media, Object.values(CAMERAS));
  const { url } = await servedApp({
    index,
    media,
    evidence,
    cameras: { listCameras: () => cameras, findStatistics: () => undefined },
    records: await deskRecords(Object.values(CAMERAS)),
    holds: keptHolds(),
    identity: people.identity,
  });
  // Of somebody who is not in the table: foreign to all of it.
  const olena = await people.identity.accounts.find("olena");
  const session = olena && sessionId(await people.identity.sessions.begin(olena, NOON_MS));
  return { url, session: session ?? "", ...people };
}

function addressOf({ id, path }: Operation, object: string, session: string): string {
  const place = encodeURIComponent(`camera/${CAMERAS[object as keyof typeof CAMERAS]}`);
  const kind = ["getPlaceFeature", "getEventFeature", "getVehicleFeature"].indexOf(id);
  const names: Readonly<Record<string, string>> = {
    occurrence: EVENTS[object as keyof typeof EVENTS]?.occurrence ?? "",
    camera: CAMERAS[object as keyof typeof CAMERAS] ?? "",
    hold: HOLDS[object as keyof typeof HOLDS] ?? "",
    stop_id: "market",
    at_ms: "0",
    segment: "s1",
    part: "head.mp4",
    login: "planner",
    evidence: object === "foreign" ? "e2" : "e1",
    token: "x".repeat(32),
    request: "r1",
    report: "on-time",
    share: "0123456789ab",
    id: idOf(path, object) ?? (id === "endOwnSession" ? session : "0123456789ab"),
    ...{ feed: "town", version: "0".repeat(64) },
    collection: "events",
    feature: [place, EVENTS[object as keyof typeof EVENTS]?.occurrence, "7"][kind] ?? "",
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name);
  return `${filled}?${QUERIES[id] ?? ""}`;
}

function idOf(path: string, object: string): string | undefined {
  const kind = /^\/v1\/(\w+)\//.exec(path)?.[1];
  const ids = { incidents: INCIDENTS, shifts: SHIFTS, searches: SEARCHES }[kind ?? ""];
  return ids?.[object as keyof typeof ids];
}

test("every operation × everybody × own and another's", { timeout: 120_000 }, async () => {
  const { url, session, headersOf } = await openDoors();
  const operations = await operationsOf(url);
  const [, ...rows] = TABLE.trim().split("\n");
  const wanted = rows.map((row) => row.split(/\s+/)) as [string, ...string[]][];
  expect(new Set(wanted.map(([name]) => name.split("/")[0]))).toEqual(
    new Set(operations.map(({ id }) => id)),
  );
  const headers = new Map<string, Record<string, string>>();
  for (const login of VISITORS) headers.set(login, await headersOf(login));
  const found: string[][] = [];
  for (const [name] of wanted) {
    const [id, object = "own"] = name.split("/");
    const operation = operations.find((each) => each.id === id);
    const row = [name];
    for (const login of VISITORS) {
      if (!operation) break;
      const body = BODIES[name] ?? BODIES[operation.id];
      // Signing out would end the session that the rows below need.
      const own = operation.id === "signOut" ? {} : headers.get(login);
      row.push(await outcomeOf(operation, url + addressOf(operation, object, session), own ?? {}, body));
    }
    found.push(row);
  }
  expect(found.map((row) => row.join(" "))).toEqual(wanted.map((row) => row.join(" ")));
});
