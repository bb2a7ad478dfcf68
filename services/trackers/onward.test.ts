import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { BusRecord } from "@yardline/bus/event-bus";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { DeviceDirectory } from "./devices.ts";
import { type Hub, runOnward } from "./onward.ts";
import { count, gateway, NOW } from "./testing.ts";

/** Our own gateway is the region's receiver: it knows these vehicles. */
const region: DeviceDirectory = {
  findDevice: async (_protocol, id) => (id === "999" ? undefined : { vehicle_id: `region-${id}` }),
  noteUnknown: async () => true,
};

const position = (vehicle_id: string, step: number) => ({
  ...{ vehicle_id, at_ms: NOW + step * 1000, received_at_ms: NOW + step * 1000 },
  ...{ latitude: 49.5, longitude: 31.25, speed_mps: 10, course_deg: 90 },
});

const recordOf = (value: ReturnType<typeof position>): BusRecord => ({
  key: value.vehicle_id,
  source: "feed/trackers",
  body: Buffer.from(JSON.stringify(value)),
});

async function town(hub: Omit<Hub, "name">) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-onward-"));
  const bus = await openEmbeddedBus({ folder, clock: systemClock });
  onTestFinished(async () => {
    await bus.close();
    await rm(folder, { recursive: true });
  });
  function start() {
    const stop = new AbortController();
    const parts = {
      bus,
      hub: { name: "region", ...hub },
      clock: systemClock,
      log: pino({ level: "silent" }),
    };
    const running = runOnward(parts, stop.signal);
    const end = async () => {
      stop.abort();
      await running;
    };
    // Registered after the bus, so that it ends before the bus closes, also where the test failed.
    onTestFinished(end);
    return end;
  }
  const say = (...values: ReturnType<typeof position>[]) => bus.publish("positions", values.map(recordOf));
  return { start, say };
}

/** Other tests take the machine's time, too. */
const PATIENCE_MS = 10_000;

const seen = (positions: () => { vehicle_id: string; at_ms: number }[]) =>
  positions()
    .map(({ vehicle_id, at_ms }) => `${vehicle_id} ${(at_ms - NOW) / 1000}`)
    .toSorted();

test.each(["egts", "wialon-ips"] as const)(
  "as %s every position arrives, also those of when the receiver was away or we were",
  { timeout: 40_000 },
  async (protocol) => {
    const hub = await gateway({ protocol, devices: region });
    const { start, say } = await town({ protocol, host: "127.0.0.1", port: hub.port });
    await say(position("12", 0), position("13", 0));
    const stop = start();
    await eventually(() => expect(seen(hub.positions)).toEqual(["region-12 0", "region-13 0"]), PATIENCE_MS);
    // The receiver takes nothing: what comes meanwhile waits on the bus.
    hub.bus.down = true;
    await say(position("12", 1), position("12", 2));
    await eventually(
      async () =>
        expect(await count("yardline_tracker_onward_waits_total", { hub: "region" })).toBeGreaterThan(0),
      PATIENCE_MS,
    );
    await stop();
    hub.bus.down = false;
    await say(position("13", 3));
    const again = start();
    await eventually(
      () =>
        expect([...new Set(seen(hub.positions))]).toEqual([
          "region-12 0",
          "region-12 1",
          "region-12 2",
          "region-13 0",
          "region-13 3",
        ]),
      PATIENCE_MS,
    );
    expect(hub.positions()[0]).toMatchObject({
      latitude: expect.closeTo(49.5, 5),
      longitude: expect.closeTo(31.25, 5),
      speed_mps: expect.closeTo(10, 5),
      course_deg: 90,
    });
    await again();
  },
);

test("vehicles that the receiver does not know, or its protocol cannot name, hold nobody up", async () => {
  const wialon = await gateway({ protocol: "wialon-ips", devices: region });
  const first = await town({ protocol: "wialon-ips", host: "127.0.0.1", port: wialon.port });
  await first.say(position("999", 0), position("12", 0), position("999", 1), position("12", 1));
  const stop = first.start();
  await eventually(() => expect(seen(wialon.positions)).toEqual(["region-12 0", "region-12 1"]));
  await eventually(async () =>
    expect(await count("yardline_tracker_positions_onward_total", { outcome: "refused" })).toBe(2),
  );
  await stop();
  const egts = await gateway({ protocol: "egts", devices: region });
  const second = await town({ protocol: "egts", host: "127.0.0.1", port: egts.port });
  await second.say(position("bus-7", 0), ...Array.from({ length: 70 }, (_, step) => position("12", step)));
  const stopped = second.start();
  await eventually(() => expect(seen(egts.positions)).toHaveLength(70));
  await eventually(async () =>
    expect(await count("yardline_tracker_positions_onward_total", { outcome: "unnamed" })).toBe(1),
  );
  await stopped();
});
