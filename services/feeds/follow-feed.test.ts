import { startMosquitto } from "@yardline/sources/feeds/testing";
import { eventually } from "@yardline/testkit/eventually";
import mqtt from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import type { Feed } from "./feed.ts";
import { feedOf, NOW, run, stopped } from "./testing.ts";

const topicOf = (vehicle: number) =>
  `/hfp/v2/journey/ongoing/vp/bus/0055/${String(vehicle).padStart(5, "0")}/2081/2/Malmi/10:25/1130106/2/60;24/19/73/44`;
const position = (at_ms: number) =>
  JSON.stringify({
    VP: {
      tst: new Date(at_ms).toISOString(),
      lat: 60.19,
      long: 25.03,
      oday: "2026-11-30",
      drst: 0,
      oper: 22,
    },
  });

async function broker(port?: number) {
  const started = await startMosquitto(port === undefined ? {} : { port });
  onTestFinished(() => started.stop());
  return started;
}

const fromBroker = (port: number): Feed["from"] => ({
  way: "mqtt",
  broker: new URL(`mqtt://127.0.0.1:${port}`),
  ...{ topic: "/hfp/v2/journey/ongoing/vp/bus/#", qos: 1, trust: {} },
});

async function publisher(port: number) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  onTestFinished(() => client.endAsync(true));
  return client;
}

test("positions over MQTT go to the bus; a broken message costs itself alone, a broker that comes back is found again", async () => {
  const first = await broker();
  const { positions, lines } = await run([feedOf("hfp", fromBroker(first.port))]);
  const client = await publisher(first.port);
  await eventually(async () => {
    await client.publishAsync(topicOf(7), "{");
    await client.publishAsync(topicOf(7), position(NOW));
    expect(positions()).not.toEqual([]);
  });
  expect(positions()[0]).toEqual({
    ...{ vehicle_id: "55-7", at_ms: NOW, received_at_ms: NOW, latitude: 60.19, longitude: 25.03 },
    ...{ route_id: "2081", direction_id: 1, start_date: "20261130", start_time: "10:25:00" },
  });
  expect(positions()).toHaveLength(1);
  await first.stop();
  await eventually(() => expect(lines.join()).toContain("MQTT_UNREACHABLE"));
  const second = await broker(first.port);
  const other = await publisher(second.port);
  await eventually(async () => {
    await other.publishAsync(topicOf(8), position(NOW));
    expect(positions().map(({ vehicle_id }) => vehicle_id)).toEqual(["55-7", "55-8"]);
  }, 10_000);
  await stopped();
}, 20_000);

test("a flood while the bus is away waits at the broker, and nothing of it is lost when the bus is back", async () => {
  const { port } = await broker();
  const { positions, bus, lines } = await run([feedOf("hfp", fromBroker(port))]);
  const client = await publisher(port);
  await eventually(async () => {
    await client.publishAsync(topicOf(99_999), position(NOW));
    expect(positions()).toHaveLength(1);
  });
  bus.down = true;
  // One batch is on its way to the bus, of as many as came within a moment; the next one fills up behind it.
  const vehicles = Array.from({ length: 10_100 }, (_, at) => at);
  await Promise.all(vehicles.map((at) => client.publishAsync(topicOf(at), position(NOW), { qos: 1 })));
  await eventually(() => expect(lines.join()).toContain("TOO_MANY"), 30_000);
  expect(positions()).toHaveLength(1);
  bus.down = false;
  await eventually(() => expect(positions()).toHaveLength(10_101), 30_000);
}, 90_000);

test("a vehicle that tells each tenth of a second is taken as often as the settings say", async () => {
  const { port } = await broker();
  const { positions } = await run([feedOf("hfp", fromBroker(port), { every_ms: 1_000 })]);
  const client = await publisher(port);
  await eventually(async () => {
    await client.publishAsync(topicOf(7), position(NOW - 2_000));
    expect(positions()).toHaveLength(1);
  });
  for (let at_ms = NOW - 1_900; at_ms <= NOW; at_ms += 100) {
    await client.publishAsync(topicOf(7), position(at_ms));
    if (at_ms % 500 === 0) await new Promise((done) => setTimeout(done, 250));
  }
  await client.publishAsync(topicOf(8), position(NOW));
  await eventually(() => expect(positions().at(-1)?.vehicle_id).toBe("55-8"));
  const seven = positions().filter(({ vehicle_id }) => vehicle_id === "55-7");
  expect(seven.length).toBeLessThan(5);
});
