import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { followOne } from "./follow-neighbours.ts";

const SHARED = {
  from: { tenant: "lypivka", name: "Липівка" },
  ...{ purpose: "line 3", made_at: "2026-11-22T12:00:00Z", until: "2026-11-22T13:00:00Z" },
  ...{ lines: [], stops: [], vehicles: [], arrivals: [] },
};
const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

/** A neighbour's doors that answer what the test says, and a follower of them. */
async function neighbour() {
  const says = { status: 200, body: JSON.stringify(SHARED), asked: 0 };
  const server = createServer((request, response) => {
    says.asked += 1;
    const known = request.headers.authorization === "Bearer yls_token" && request.url === "/v1/shared";
    response.writeHead(known ? says.status : 400, { "content-type": "application/json" }).end(says.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const clock = handClock(NOON_MS);
  const stop = new AbortController();
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/shared`);
  const follower = followOne({ name: "lypivka", url, token: "yls_token" }, clock, stop.signal, 5);
  onTestFinished(async () => {
    stop.abort();
    await follower.stopped;
    server.closeAllConnections();
    server.close();
  });
  const asked = async (times: number) => {
    const before = says.asked;
    await eventually(() => expect(says.asked).toBeGreaterThan(before + times));
  };
  return { says, clock, follower, server, asked };
}

test("what a neighbour shares is there as soon as it was told, and gone with the answer that it is shared no more", async () => {
  const { says, clock, follower, asked } = await neighbour();
  await eventually(() => expect(follower.find(clock.now_ms())).toEqual(SHARED));
  says.status = 401;
  await asked(1);
  expect(follower.find(clock.now_ms())).toBeUndefined();
  expect(follower.findTrouble()?.message).toContain("401");
});

test("of a neighbour that is away it stands for less than a minute, and never longer than was agreed", async () => {
  const { clock, follower, server } = await neighbour();
  await eventually(() => expect(follower.find(clock.now_ms())).toEqual(SHARED));
  server.closeAllConnections();
  server.close();
  await eventually(() => expect(follower.findTrouble()).toBeDefined());
  expect(follower.find(NOON_MS + 44_999)).toEqual(SHARED);
  expect(follower.find(NOON_MS + 45_000)).toBeUndefined();
});

test("one that tells of anything else is not believed", async () => {
  const { says, clock, follower, asked } = await neighbour();
  says.body = JSON.stringify({ ...SHARED, cameras: [{ id: "yard" }] });
  await asked(2);
  says.body = "{";
  await asked(2);
  clock.advance(60_000);
  expect(follower.find(clock.now_ms())).toBeUndefined();
});
