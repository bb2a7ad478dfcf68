import { PASSWORD } from "@yardline/identity/testing";
import type { Grant } from "@yardline/permission/grant";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "./testing/app.ts";
import { memoryIndex } from "./testing/fakes.ts";
import { listenTo, servedBus } from "./testing/listening.ts";
import { testIdentity } from "./testing/people.ts";
import { CAMERA, NOON_MS, presence, stopVisit, TENANT } from "./testing/scenes.ts";
import { maySee } from "./visitor.ts";

const YARD = presence(0, { source: "camera/yard", data: { camera: "yard", zone: "swings" } });
const GATE = presence(1, { source: "camera/gate", data: { camera: "gate", zone: "entrance" } });
const BUS = stopVisit(2);
const NEIGHBOURS = presence(3, { tenant: "neighbour" });
const NAMES = new Map([
  [YARD.occurrence, "yard"],
  [GATE.occurrence, "gate"],
  [BUS.occurrence, "bus"],
  [NEIGHBOURS.occurrence, "neighbours"],
]);
const CAMERAS = { listCameras: () => ["yard", "gate"].map((id) => ({ ...CAMERA, id })) };
const OSBB = { id: "osbb-7", name: "OSBB 7", gives: ["live-on-alarm"] } as const;

async function doors() {
  const index = memoryIndex();
  await index.put([YARD, GATE, BUS, NEIGHBOURS]);
  const people = await testIdentity();
  return { app: await testApp({ index, cameras: CAMERAS, identity: people.identity }), ...people };
}

test.for([
  ["dispatcher", "bus gate yard", "gate yard"],
  ["yard-only", "bus yard", "yard"],
  ["planner", "bus", undefined],
  ["administrator", undefined, "gate yard"],
] as const)("what %s finds, counts and is told of", async ([login, events, cameras]) => {
  const { app, headersOf } = await doors();
  const headers = await headersOf(login);
  const ask = async (url: string) => (await app.inject({ url, headers })).json();
  const found = await ask("/v1/events");
  const named = found.events?.map(({ occurrence }: { occurrence: string }) => NAMES.get(occurrence));
  expect(named?.toSorted().join(" ")).toBe(events);
  if (events !== undefined) {
    const many = events.split(" ").length;
    expect(await ask("/v1/events/count")).toMatchObject({ value: many });
    const period = "from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z&every=day";
    expect((await ask(`/v1/events/histogram?${period}`)).buckets).toMatchObject([{ count: many }]);
    expect(await ask("/v1/events?q=camera:gate")).toMatchObject({
      events: login === "dispatcher" ? [GATE] : [],
    });
  }
  const listed = (await ask("/v1/cameras")).cameras?.map(({ id }: { id: string }) => id);
  expect(listed?.toSorted().join(" ")).toBe(cameras);
});

test.for([
  ["dispatcher", ["gate", "yard"], ["entrance", "swings"]],
  ["yard-only", ["yard"], []],
  ["planner", [], []],
] as const)("completions name nothing that is not %s's", async ([login, cameras, zones]) => {
  const { app, headersOf } = await doors();
  const headers = await headersOf(login);
  const complete = async (q: string): Promise<string[]> => {
    const answer = await app.inject({ url: `/v1/events/completions?q=${q}&at=${q.length}`, headers });
    return answer.json().options.map(({ text }: { text: string }) => text.trim().replace(/^\w+:/, ""));
  };
  expect((await complete("camera:")).filter((name) => name !== "").toSorted()).toEqual(cameras);
  expect((await complete("zone:")).filter((name) => name !== "").toSorted()).toEqual(zones);
});

test("a live listener hears what is theirs, message by message, and no more once their role has changed", async () => {
  const people = await testIdentity();
  const { bus, stream } = await servedBus({
    cameras: CAMERAS,
    identity: people.identity,
    limits: { recheck_ms: 50 },
  });
  const { heard, ended } = await listenTo(stream, await people.headersOf("yard-only"));
  bus.say(YARD, GATE, BUS, NEIGHBOURS);
  await eventually(() => expect(heard).toHaveLength(3));
  expect(heard.slice(1).map(({ data }) => NAMES.get(data?.occurrence ?? ""))).toEqual(["yard", "bus"]);
  await people.identity.accounts.change("yard-only", { grants: [] });
  await ended;
});

const DISTRICT: Grant = { tenant: TENANT, role: "dispatcher", districts: ["north"] };
const HALL = presence(4, { source: "camera/hall", data: { camera: "hall" } });
const HALL_ALARM = presence(5, { source: "camera/hall", severity: "alarm", data: { camera: "hall" } });
const ALL = [YARD, GATE, BUS, NEIGHBOURS, HALL, HALL_ALARM];
const PLACES = [
  { id: "yard", district: "north" },
  { id: "gate", district: "south" },
  { id: "hall", district: "north", partner: { ...OSBB, until: "2026-12-01T00:00:00Z" } },
];

test.for<[string, Grant, boolean, string]>([
  ["one district: its own, and the alarms that a partner there gives", DISTRICT, true, "yard bus alarm"],
  [
    "the whole town: a partner's alarms and nothing else of it",
    { tenant: TENANT, role: "dispatcher" },
    true,
    "yard gate bus alarm",
  ],
  ["the whole town, after the agreement", { tenant: TENANT, role: "dispatcher" }, false, "yard gate bus"],
  [
    "the partner's people: all of theirs and no bus",
    { tenant: TENANT, role: "dispatcher", partner: "osbb-7" },
    false,
    "hall alarm",
  ],
])("%s", ([, grant, in_force, seen]) => {
  const now_ms = Date.parse(in_force ? "2026-11-30T00:00:00Z" : "2026-12-01T00:00:00Z");
  const names = ["yard", "gate", "bus", "neighbours", "hall", "alarm"];
  const known = { tenant: TENANT, cameras: PLACES, now_ms };
  for (const right of ["live", "archive"] as const) {
    const visible = ALL.map((event, at) =>
      maySee(event, { grants: [grant] }, right, known) ? names[at] : "",
    );
    expect(visible.filter(Boolean).join(" ")).toBe(seen);
  }
});

test("a camera that is moved to another district is lost to a listener and found by another, while they listen", async () => {
  const people = await testIdentity();
  await people.identity.accounts.create("north", { name: "North", password: PASSWORD, grants: [DISTRICT] });
  let district = "north";
  const clock = handClock(NOON_MS);
  const { bus, stream } = await servedBus({
    cameras: { listCameras: () => [{ ...CAMERA, district }] },
    identity: people.identity,
    clock,
  });
  const { heard } = await listenTo(stream, await people.headersOf("north"));
  bus.say(YARD);
  await eventually(() => expect(heard).toHaveLength(2));
  district = "south";
  clock.advance(5_000);
  bus.say(presence(9), BUS);
  await eventually(() => expect(heard.at(-1)?.data?.occurrence).toBe(BUS.occurrence));
  expect(heard).toHaveLength(3);
});
