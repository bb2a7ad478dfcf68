import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "@yardline/testkit/eventually";
import bindings from "gtfs-realtime-bindings";
import { register } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import type { Feed } from "./feed.ts";
import { feedOf, NOW, run } from "./testing.ts";

const { FeedMessage } = bindings.transit_realtime;
const KEY = "cAnary-key-77";

async function serve(answer: RequestListener): Promise<Feed["from"]> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    way: "poll",
    url: new URL(`http://127.0.0.1:${port}/?key=${KEY}`),
    headers: { "x-key": KEY },
    trust: {},
  };
}

const vehicle = (id: string, at_ms: number, more = {}) => ({
  vehicle: {
    ...{ trip: { tripId: `trip-${id}` }, vehicle: { id }, timestamp: at_ms / 1000 },
    ...{ position: { latitude: 49.5, longitude: 24.25 } },
    ...more,
  },
});
const feed = (made_at_ms: number, ...vehicles: { vehicle: object }[]) =>
  FeedMessage.encode({
    header: { gtfsRealtimeVersion: "2.0", timestamp: made_at_ms / 1000 },
    entity: vehicles.map((each, at) => ({ id: String(at), ...each })),
  }).finish();

test("a position goes to the bus under its vehicle with its trip, once, however often it is asked for", async () => {
  let asked = 0;
  const from = await serve((_request, response) => {
    asked++;
    response.end(feed(NOW, vehicle("12", NOW - 5_000), vehicle("12", NOW - 9_000), vehicle("14", NOW)));
  });
  const { published, positions } = await run([feedOf("gtfs-realtime", from)]);
  await eventually(() => expect(asked).toBeGreaterThan(3));
  expect(published.map(({ key, source }) => [key, source])).toEqual([
    ["12", "feed/oblast"],
    ["14", "feed/oblast"],
  ]);
  expect(await register.getSingleMetricAsString("yardline_feed_positions_published_total")).toContain(
    'yardline_feed_positions_published_total{feed="oblast"} 2',
  );
  expect(positions()[0]).toEqual({
    ...{ vehicle_id: "12", at_ms: NOW - 5_000, received_at_ms: NOW, latitude: 49.5, longitude: 24.25 },
    trip_id: "trip-12",
  });
});

test("an unchanged answer keeps the feed fresh only as long as its data are", async () => {
  const from = await serve(({ headers }, response) => {
    if (headers["if-none-match"]) response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1"' }).end(feed(NOW, vehicle("12", NOW)));
  });
  const { positions, stated, clock } = await run([feedOf("gtfs-realtime", from)]);
  await eventually(() => expect(positions()).toHaveLength(1));
  clock.advance(61_000);
  await eventually(() => expect(stated).toHaveLength(1));
  expect(stated[0]).toMatchObject({
    source: "feed/oblast",
    state: "open",
    data: { feed: "oblast", since: "2026-11-30T09:00:00.000Z", why: "stale" },
  });
});

test("a feed that fails is lost with its reason and comes back; neither the key nor an address is told", async () => {
  let status = 500;
  let clock: { now_ms(): number } | undefined;
  const from = await serve((_request, response) => {
    const now_ms = clock?.now_ms() ?? NOW;
    if (status === 200) response.end(feed(now_ms, vehicle("12", now_ms)));
    else response.writeHead(status).end();
  });
  const started = await run([feedOf("gtfs-realtime", from)]);
  clock = started.clock;
  await eventually(() => expect(started.lines.join()).toContain("FEED_ANSWER"));
  started.clock.advance(61_000);
  await eventually(() => expect(started.stated).toHaveLength(1));
  expect(started.troubles()).toEqual(["refused"]);
  status = 200;
  await eventually(() => expect(started.stated).toHaveLength(2));
  expect(started.stated.map(({ state, data }) => [state, data["why"], data["ended"]])).toEqual([
    ["open", "refused", undefined],
    ["closed", "refused", "returned"],
  ]);
  expect(started.troubles()).toEqual([undefined]);
  expect(started.lines.join()).not.toMatch(/cAnary|127\.0\.0\.1/);
});

test.for([
  {
    what: "half a protobuf",
    body: Buffer.from(feed(NOW, vehicle("12", NOW))).subarray(0, 30),
    why: "broken",
  },
  { what: "a page of HTML", body: Buffer.from("<html>"), why: "broken" },
  { what: "data of an hour ago", body: feed(NOW - 3_600_000, vehicle("12", NOW - 3_600_000)), why: "stale" },
  {
    what: "a clock that is an hour ahead",
    body: feed(NOW + 3_600_000, vehicle("12", NOW + 3_600_000)),
    why: "clock",
  },
])("$what gives no position, and its reason", async ({ body, why }) => {
  const from = await serve((_request, response) => void response.end(body));
  const { positions, stated, clock } = await run([feedOf("gtfs-realtime", from)]);
  clock.advance(61_000);
  await eventually(() => expect(stated).not.toEqual([]));
  expect([stated[0]?.data["why"], positions()]).toEqual([why, []]);
});

test("one vehicle whose clock is ahead costs itself alone", async () => {
  const from = await serve((_request, response) => {
    response.end(feed(0, vehicle("12", NOW), vehicle("14", NOW + 3_600_000)));
  });
  const { positions, troubles } = await run([feedOf("gtfs-realtime", from)]);
  await eventually(() => expect(positions().map(({ vehicle_id }) => vehicle_id)).toEqual(["12"]));
  expect(troubles()).toEqual([undefined]);
});

test("a clock that is an hour behind and goes on is told as one, and puts no bus where it is not", async () => {
  let clock: { now_ms(): number } | undefined;
  const from = await serve((_request, response) => {
    const made_at_ms = Math.floor((clock?.now_ms() ?? NOW) / 1000) * 1000 - 3_600_000;
    response.end(feed(made_at_ms, vehicle("12", made_at_ms)));
  });
  const started = await run([feedOf("gtfs-realtime", from)]);
  clock = started.clock;
  for (let minute = 0; minute < 4; minute++) {
    started.clock.advance(61_000);
    await new Promise((done) => setTimeout(done, 60));
  }
  await eventually(() => expect(started.stated.at(-1)?.data["why"]).toBe("clock"));
  expect(started.positions()).toEqual([]);
});

test("what could not be published is asked for again whole", async () => {
  const asked: unknown[] = [];
  const from = await serve(({ headers }, response) => {
    asked.push(headers["if-none-match"]);
    if (headers["if-none-match"]) response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1"' }).end(feed(NOW, vehicle("12", NOW)));
  });
  const started = await run([feedOf("gtfs-realtime", from)]);
  started.bus.down = true;
  await eventually(() => expect(asked.length).toBeGreaterThan(1));
  started.bus.down = false;
  await eventually(() => expect(started.positions().length).toBeGreaterThan(0));
  await eventually(() => expect(asked.at(-1)).toBe('"1"'));
  expect(started.positions()).toHaveLength(1);
});

test("devices go under the bus that carries them, strangers are kept aside; plates are hidden and stay the same", async () => {
  const plated = vehicle("AT 0007 AF", NOW, {
    trip: {},
    vehicle: { id: "AT 0007 AF", licensePlate: "AT0007AF" },
  });
  const from = await serve((_request, response) => {
    response.end(feed(NOW, vehicle("353173060780531", NOW), vehicle("353173060780532", NOW), plated));
  });
  const known = { "353173060780531": "12" };
  const byDevice = await run([feedOf("gtfs-realtime", from, { ids: "devices" })], { known });
  await eventually(() => expect(byDevice.positions().map(({ vehicle_id }) => vehicle_id)).toEqual(["12"]));
  expect(byDevice.noted).toEqual(["feed/oblast 353173060780532", "feed/oblast AT 0007 AF"]);

  const hidden = await run([
    feedOf("gtfs-realtime", from, { ids: "hidden" }),
    feedOf("gtfs-realtime", from, { name: "other" }),
  ]);
  await eventually(() => expect(hidden.positions()).toHaveLength(6));
  const names = hidden.positions().map(({ vehicle_id }) => vehicle_id);
  expect(names.filter((name) => /^oblast-[0-9a-f]{8}$/.test(name))).toHaveLength(3);
  expect(names.filter((name) => /^other-[0-9a-f]{8}$/.test(name))).toHaveLength(3);
  expect(JSON.stringify([hidden.positions(), hidden.lines])).not.toMatch(/AT ?0007/);
});
