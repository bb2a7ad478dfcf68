import { memoryAudit } from "@yardline/audit/testing";
import { PASSWORD } from "@yardline/identity/testing";
import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { OPENING } from "../testing/desk.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { signedInPeople } from "../testing/people.ts";
import { CAMERA, NOON_MS, presence, TENANT } from "../testing/scenes.ts";

const HALL = { source: "camera/hall", data: { camera: "hall" } };
const ALARM = presence(0, { ...HALL, severity: "alarm" });
const QUIET = presence(1, HALL);

/** A town with a housing association's camera, its guard, and an agreement that ends in an hour. */
async function partnered(gives: readonly ("live-on-alarm" | "archive-on-request")[]) {
  const people = await signedInPeople();
  const grants = [{ tenant: TENANT, role: "dispatcher" as const, partner: "osbb" }];
  await people.identity.accounts.create("guard", { name: "Guard", password: PASSWORD, grants });
  const index = memoryIndex();
  await index.put([ALARM, QUIET]);
  const until = new Date(NOON_MS + 3_600_000).toISOString();
  const hall = { ...CAMERA, id: "hall", partner: { id: "osbb", name: "OSBB", gives, until } };
  const clock = handClock(NOON_MS);
  const { identity } = people;
  const app = await testApp({
    ...{ identity, index, clock, records: memoryRecords(), audit: memoryAudit() },
    cameras: { listCameras: () => [CAMERA, hall] },
  });
  const ask = async (login: string, url: string, payload?: object) =>
    app.inject({
      ...{ method: payload ? "POST" : "GET", url, headers: await people.headersOf(login) },
      ...(payload && { payload }),
    });
  const open = (login: string, over: object) => ask(login, "/v1/incidents", { ...OPENING, ...over });
  return { ask, open, clock };
}

test("an alarm that the agreement tells of is attached, and the incident stays known to whoever opened it, also when the agreement has ended", async () => {
  const { ask, open, clock } = await partnered(["live-on-alarm"]);
  const answer = await open("dispatcher", { events: [ALARM.occurrence] });
  expect(answer.statusCode).toBe(201);
  const url = `/v1/incidents/${answer.json().id}`;
  expect((await ask("dispatcher", url)).statusCode).toBe(200);
  expect((await ask("yard-only", url)).statusCode).toBe(404);
  expect((await ask("guard", url)).statusCode).toBe(200);
  // What it does not tell of, it tells of to nobody, and an incident is no way to a picture.
  expect((await open("dispatcher", { events: [QUIET.occurrence] })).statusCode).toBe(404);
  expect((await open("dispatcher", { cameras: ["hall"] })).statusCode).toBe(403);
  const picture = `/v1/events/${ALARM.occurrence}/snapshot?incident=${answer.json().id}`;
  expect((await ask("dispatcher", picture)).statusCode).toBe(403);
  clock.advance(3_600_000);
  expect((await ask("dispatcher", url)).statusCode).toBe(200);
  expect((await ask("dispatcher", `/v1/events/${ALARM.occurrence}`)).statusCode).toBe(404);
  expect((await open("dispatcher", { events: [ALARM.occurrence] })).statusCode).toBe(404);
});

test("a camera whose recordings are given for an incident is attached to one, which then is the occasion", async () => {
  const { ask, open, clock } = await partnered(["archive-on-request"]);
  const { id } = (await open("dispatcher", { cameras: ["hall"] })).json();
  const period = "from=2026-11-22T11:00:00Z&to=2026-11-22T11:30:00Z";
  const recordings = `/v1/cameras/hall/recordings?${period}`;
  expect((await ask("dispatcher", recordings)).statusCode).toBe(403);
  expect((await ask("dispatcher", `${recordings}&incident=${id}`)).statusCode).toBe(200);
  expect((await ask("yard-only", `${recordings}&incident=${id}`)).statusCode).toBe(404);
  clock.advance(3_600_000);
  expect((await ask("dispatcher", `${recordings}&incident=${id}`)).statusCode).toBe(404);
});

test("a partner's people know of what is about their cameras alone", async () => {
  const { ask, open } = await partnered(["live-on-alarm"]);
  const both = (await open("dispatcher", { cameras: ["yard"], events: [ALARM.occurrence] })).json();
  expect((await ask("guard", `/v1/incidents/${both.id}`)).statusCode).toBe(404);
  const own = (await open("guard", { cameras: ["hall"] })).json();
  expect((await ask("guard", `/v1/incidents/${own.id}`)).statusCode).toBe(200);
  expect((await ask("guard", "/v1/incidents")).json().incidents.map(({ id }: { id: string }) => id)).toEqual([
    own.id,
  ]);
  expect((await open("guard", { cameras: ["yard"] })).statusCode).toBe(404);
});

test("in the invented town everybody is the guest, who knows of every incident and is written down as such", async () => {
  const index = memoryIndex();
  await index.put([ALARM]);
  const app = await testApp({ index, records: memoryRecords() });
  const opened = await app.inject({
    method: "POST",
    url: "/v1/incidents",
    payload: { ...OPENING, events: [ALARM.occurrence] },
  });
  expect(opened.json()).toMatchObject({ opened_by: "guest", events: [{ occurrence: ALARM.occurrence }] });
  const url = `/v1/incidents/${opened.json().id}`;
  const claimed = await app.inject({ method: "POST", url: `${url}/changes`, payload: { do: "claim" } });
  expect(claimed.json()).toMatchObject({ claimed_by: "guest" });
  expect((await app.inject({ url: "/v1/incidents" })).json().incidents).toHaveLength(1);
  const bare = await app.inject({ method: "POST", url: "/v1/incidents", payload: OPENING });
  expect((await app.inject({ url: `/v1/incidents/${bare.json().id}` })).statusCode).toBe(200);
});
