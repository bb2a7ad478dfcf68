import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { BusRecord } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import { wialonSpeaker } from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import type { DeviceDirectory } from "@yardline/trackers/devices";
import { startGateway } from "@yardline/trackers/gateway";
import pino from "pino";
import { afterEach, expect, test } from "vitest";
import { startDemoBuses } from "./buses.ts";
import { buildDemoTown } from "./demo-town.ts";
import { openRandom } from "./random.ts";
import { startTracker } from "./tracker.ts";

const EIGHT = Date.parse("2026-03-02T08:00:00+02:00");
/** Everybody may speak, for the vehicle that is called like the device. */
const anyDevice: DeviceDirectory = {
  findDevice: async (_protocol, device_id) => ({ vehicle_id: device_id }),
  noteUnknown: async () => false,
};
const log = pino({ level: "silent" });
const town = buildDemoTown();

const stop = new AbortController();
const running: Promise<void>[] = [];
afterEach(() => Promise.all(running));

/** A clock that runs `times` as fast as ours. */
function fastClock(times: number): Clock {
  const begun = performance.now();
  return {
    now_ms: () => Math.floor(EIGHT + (performance.now() - begun) * times),
    monotonic_ms: () => performance.now(),
  };
}

test("twenty buses bring their positions to the bus, through dead spots and over a restart of the gateway", async () => {
  const clock = fastClock(100);
  const published: BusRecord[] = [];
  const bus = {
    publish: async (_topic: string, records: readonly BusRecord[]) => void published.push(...records),
  };
  const start = async (port: number, signal: AbortSignal) => {
    const listen = [{ protocol: "wialon-ips", host: "127.0.0.1", port }];
    return await startGateway({ listen, devices: anyDevice, bus, clock, log }, signal);
  };
  const first = new AbortController();
  const gateway = await start(0, first.signal);
  const port = gateway.listening[0]?.port ?? 0;
  const drive = new AbortController();
  const buses = startDemoBuses({ town, port, clock, log, fix_every_ms: 50 }, drive.signal);
  const vehicles = () => new Set(published.map(({ key }) => key)).size;
  await eventually(() => expect(vehicles()).toBe(20));
  first.abort();
  await gateway.stopped;
  const before = published.length;
  const second = await start(port, stop.signal);
  running.push(second.stopped);
  await eventually(() => expect(published.length).toBeGreaterThan(before + 500), 10_000);
  drive.abort();
  stop.abort();
  const positions = published.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
  for (const [vehicle, of] of Map.groupBy(positions, ({ vehicle_id }) => vehicle_id)) {
    const times = of.map(({ at_ms }) => at_ms);
    expect(times, vehicle).toEqual(times.toSorted((a, b) => a - b));
    // A fix each 5 s by the fast clock; nothing was lost on the way, restart included.
    const gaps_s = times.slice(1).map((at_ms, index) => (at_ms - times[index]) / 1000);
    expect(Math.max(...gaps_s), vehicle).toBeLessThan(60);
  }
  expect(buses.waiting()).toBeLessThan(2000);
});

function answerTo(packet: string): string {
  const [, type, body = ""] = packet.split("#");
  return `#A${type}#${type === "B" ? body.split("|").length - 1 : 1}\r\n`;
}

test("a tracker sends again what was not acknowledged, and a black box after a silence", async () => {
  const heard: string[] = [];
  let deaf = true;
  const server = createServer((socket: Socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      const packets = String(bytes).trim().split("\r\n");
      heard.push(...packets);
      if (deaf && packets.some((packet) => packet.startsWith("#D#"))) socket.destroy();
      else for (const packet of packets) socket.write(answerTo(packet));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const over = new AbortController();
  const parts = { device_id: "101", speaker: wialonSpeaker, random: openRandom("t"), log };
  const tracker = startTracker({ ...parts, address: { host: "127.0.0.1", port } }, over.signal);
  const fix = (second: number) => ({ at_ms: EIGHT + second * 1000, latitude: 49, longitude: 31 });
  tracker.report(fix(0));
  await eventually(() => expect(heard.filter((packet) => packet.startsWith("#D#"))).toHaveLength(1));
  deaf = false;
  for (let second = 1; second < 5; second++) tracker.report(fix(second));
  await eventually(() => expect(tracker.waiting()).toBe(0));
  expect(heard.map((packet) => packet.split("#")[1])).toEqual(["L", "D", "L", "B"]);
  expect(heard[3]?.split("|")).toHaveLength(6);
  tracker.setNetwork(false);
  tracker.report(fix(5));
  expect(tracker.waiting()).toBe(1);
  tracker.setNetwork(true);
  await eventually(() => expect(tracker.waiting()).toBe(0));
  over.abort();
  server.close();
});
