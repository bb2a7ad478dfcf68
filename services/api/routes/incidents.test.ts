import { expect, test } from "vitest";
import { BUS, desk, GATE, NEIGHBOURS, OPENING, YARD } from "../testing/desk.ts";
import { TENANT } from "../testing/scenes.ts";

test("an incident is opened with what was seen, and is in the log of whoever may know of it", async () => {
  const { ask, open } = await desk();
  const answer = await open("dispatcher", { cameras: ["yard"], events: [YARD.occurrence, BUS.occurrence] });
  expect(answer.statusCode).toBe(201);
  const incident = answer.json();
  expect(incident).toEqual({
    id: expect.stringMatching(/^2026-11-[0-9a-z]{8}$/),
    tenant: TENANT,
    revision: 1,
    state: "open",
    title: OPENING.title,
    purpose: OPENING.purpose,
    priority: "normal",
    opened_at: "2026-11-22T12:00:00.000Z",
    opened_by: "dispatcher",
    changed_at: "2026-11-22T12:00:00.000Z",
    cameras: ["yard"],
    events: [YARD, BUS].map(({ occurrence, source, type, time }) => ({ occurrence, source, type, time })),
  });
  expect(answer.headers).toMatchObject({ etag: '"1"', location: `/v1/incidents/${incident.id}` });
  for (const login of ["dispatcher", "yard-only"] as const) {
    expect((await ask(login, "/v1/incidents")).json()).toEqual({ incidents: [incident] });
  }
});

test("an event tells the incidents that it is attached to, to whoever may know of them", async () => {
  const { ask, open } = await desk();
  const url = `/v1/events/${YARD.occurrence}`;
  const tells = async (login: "dispatcher" | "yard-only") => (await ask(login, url)).json().incidents;
  expect(await tells("dispatcher")).toBeUndefined();
  const [one, both] = [{ events: [YARD.occurrence] }, { events: [YARD.occurrence, GATE.occurrence] }];
  const { id } = (await open("dispatcher", one)).json();
  await open("dispatcher", both);
  expect(await tells("yard-only")).toEqual([{ id, title: OPENING.title, state: "open" }]);
  expect(await tells("dispatcher")).toHaveLength(2);
});

test("of another yard's nothing is listed, and nothing can be attached", async () => {
  const { ask, open } = await desk();
  await open("dispatcher", { cameras: ["gate"] });
  await open("dispatcher", { events: [GATE.occurrence] });
  await open("dispatcher", { cameras: ["yard"], events: [GATE.occurrence] });
  await open("dispatcher");
  expect((await ask("yard-only", "/v1/incidents")).json()).toEqual({ incidents: [] });
  expect((await ask("dispatcher", "/v1/incidents")).json().incidents).toHaveLength(4);
  for (const over of [
    { cameras: ["gate"] },
    { events: [GATE.occurrence] },
    { events: [NEIGHBOURS.occurrence] },
  ]) {
    expect((await open("yard-only", over)).statusCode).toBe(404);
  }
  expect((await open("dispatcher", { events: [NEIGHBOURS.occurrence] })).statusCode).toBe(404);
});

test("one about nothing yet is its opener's and of those who see all", async () => {
  const { ask, open } = await desk();
  const { id } = (await open("yard-only")).json();
  for (const login of ["dispatcher", "yard-only"] as const) {
    expect((await ask(login, `/v1/incidents/${id}`)).json()).toMatchObject({ id, opened_by: "yard-only" });
  }
});

test.for([
  ["state=open", ["b", "a"]],
  ["state=claimed&state=closed", []],
  ["text=WINDOW", ["b", "a"]],
  ["text=door", []],
  ["limit=1", ["b"]],
  ["from=2026-11-22T12:00:00Z&to=2026-11-22T12:00:01Z", ["b", "a"]],
  ["to=2026-11-22T12:00:00Z", []],
  ["claimed_by=olena", []],
] as const)("?%s", async ([query, titles]) => {
  const { ask, open } = await desk();
  for (const title of ["a", "b"]) await open("dispatcher", { title, purpose: "a window" });
  const answer = await ask("dispatcher", `/v1/incidents?${query}`);
  const found = answer.json().incidents.map(({ title }: { title: string }) => title);
  expect(found.toSorted()).toEqual(query === "limit=1" ? [expect.any(String)] : titles.toSorted());
});

test.for([
  "state=lost",
  "limit=201",
  "cursor=1",
  "cursor=2026-11-22T12:00:00.000Z_../../../../etc",
  "from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z",
  "more=1",
])("?%s is refused", async (query) => {
  const { ask } = await desk();
  expect((await ask("dispatcher", `/v1/incidents?${query}`)).statusCode).toBe(400);
});

test.for([
  {},
  { ...OPENING, purpose: "x" },
  { ...OPENING, title: " " },
  { ...OPENING, title: "\u0000" },
  { ...OPENING, tenant: "other" },
  { ...OPENING, opened_by: "somebody" },
  { ...OPENING, cameras: ["yard", "yard"] },
  { ...OPENING, events: ["../../etc"] },
  { ...OPENING, place: { latitude: 91, longitude: 0 } },
])("opening %j is refused", async (payload) => {
  const { send } = await desk();
  expect((await send("dispatcher", "POST", "/v1/incidents", payload)).statusCode).toBe(400);
});
