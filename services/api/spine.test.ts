import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { servedApp, sharedApp } from "./testing/app.ts";
import { recordOf } from "./testing/fakes.ts";
import { listenTo } from "./testing/listening.ts";
import { NOON_MS, presence, stopVisit } from "./testing/scenes.ts";

/** The doors on the real embedded bus and index. */

let folder = "";
let index: EventIndex;
const openBus = (): Promise<EventBus> =>
  openEmbeddedBus({ folder: join(folder, "bus"), clock: handClock(NOON_MS) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-doors-"));
  index = await openEmbeddedIndex({ folder: join(folder, "index") });
  await index.put([
    presence(0),
    presence(30, { data: { label: "car" } }),
    stopVisit(60),
    presence(90, { tenant: "neighbour" }),
    presence(120, { state: "withdrawn" }),
  ]);
});
afterAll(async () => {
  await index.close();
  await rm(folder, { recursive: true, force: true });
});
const shared = sharedApp(() => ({ index }));

test.for([
  { query: "", found: ["bus", "car", "person"] },
  { query: "type=transit.stop-visit", found: ["bus"] },
  { query: "type=transit.stop-visit&type=yard.presence", found: ["bus", "car", "person"] },
  { query: "source=camera/yard", found: ["car", "person"] },
  { query: "label=person", found: ["person"] },
  { query: "label=person&label=3", found: ["bus", "person"] },
  { query: "from=2026-11-22T12:00:30Z", found: ["bus", "car"] },
  { query: "from=2026-11-22T12:00:30Z&to=2026-11-22T14:01:00%2B02:00", found: ["car"] },
  { query: "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", found: ["bus", "car", "person"] },
  { query: "bbox=24,49,25,50", found: ["bus", "car", "person"] },
  { query: "bbox=25,49,26,50", found: [] },
  { query: "bbox=-180,-90,180,90", found: ["bus", "car", "person"] },
  { query: "near=49.84,24.03,100", found: ["bus", "car", "person"] },
  { query: "near=49.85,24.03,100", found: [] },
  { query: "near=90,180,200000", found: [] },
  { query: "text=market", found: ["bus"] },
  { query: `text=${encodeURIComponent("ЛЮДИНА")}`, found: ["person"] },
  { query: `text=${encodeURIComponent('"*:NEAR( OR')}`, found: [] },
])("GET /v1/events?$query finds $found", async ({ query, found }) => {
  const names = new Map([
    [presence(0).occurrence, "person"],
    [presence(30).occurrence, "car"],
    [stopVisit(60).occurrence, "bus"],
  ]);
  const app = shared();
  const response = await app.inject(`/v1/events?${query}`);
  expect(response.statusCode).toBe(200);
  const { events } = response.json<{ events: { occurrence: string }[] }>();
  expect(events.map(({ occurrence }) => names.get(occurrence))).toEqual(found);
});

test("pages follow each other by cursor; a cursor of somebody else is refused", async () => {
  const app = shared();
  const first = (await app.inject("/v1/events?limit=2")).json();
  const second = (await app.inject(`/v1/events?limit=2&cursor=${first.cursor}`)).json();
  expect([first.events.length, second.events.length, second.cursor]).toEqual([2, 1, undefined]);
  for (const cursor of ["x", "%27--", "../etc", "f".repeat(32), "🚌"]) {
    const refused = await app.inject(`/v1/events?cursor=${encodeURIComponent(cursor)}`);
    expect([refused.statusCode, refused.json().type]).toEqual([400, "urn:yardline:problem:index-cursor"]);
  }
});

test("a listener resumes over a restart of everything, and a foreign position is refused", async () => {
  const before = await openBus();
  const doors = await servedApp({ bus: before });
  const listener = await listenTo(`${doors.url}/v1/events/stream`);
  await before.publish("events", [presence(0), presence(1)].map(recordOf));
  await eventually(() => expect(listener.occurrences()).toHaveLength(2));
  const id = listener.heard.at(-1)?.id ?? "";
  await doors.app.close();
  await listener.ended;
  await before.publish("events", [presence(2)].map(recordOf));
  await before.close();

  const after = await openBus();
  onTestFinished(() => after.close());
  const { url } = await servedApp({ bus: after });
  const again = await listenTo(`${url}/v1/events/stream`, { "last-event-id": id });
  await eventually(() => expect(again.occurrences()).toEqual([presence(2).occurrence]));
  await after.publish("events", [presence(3), presence(4)].map(recordOf));
  await eventually(() =>
    expect(again.occurrences()).toEqual([2, 3, 4].map((after_s) => presence(after_s).occurrence)),
  );
  const refused = await fetch(`${url}/v1/events/stream?after=nonsense`);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ type: "urn:yardline:problem:bus-position" });
});
