import {
  encodeBlackBox,
  encodeLogin,
  encodePing,
  encodeShortData,
} from "@yardline/sources/trackers/wialon-encode";
import { expect, test } from "vitest";
import type { DeviceDirectory } from "./devices.ts";
import { count, device, gateway, HERE, NOW } from "./testing.ts";

test("a position is on the bus, keyed by its vehicle, before it is acknowledged", async () => {
  const { port, published, positions } = await gateway();
  const bus17 = await device(port);
  bus17.send(
    Buffer.concat([
      encodeLogin("17"),
      encodeShortData({ ...HERE, speed_mps: 10, course_deg: 90 }),
      encodePing(),
    ]),
  );
  await bus17.answered("#AL#1 #ASD#1 #AP#");
  expect(positions()).toEqual([
    {
      vehicle_id: "17",
      at_ms: NOW,
      received_at_ms: NOW,
      latitude: 49.5,
      longitude: 31.25,
      speed_mps: 10,
      course_deg: 90,
    },
  ]);
  expect(published[0]).toMatchObject({ key: "17", source: "feed/trackers" });
});

test("half a packet waits, a bad checksum is answered, and the connection lives on", async () => {
  const { port, positions } = await gateway();
  const bus17 = await device(port);
  const packet = encodeShortData(HERE);
  bus17.send(Buffer.concat([encodeLogin("17"), packet.subarray(0, 20)]));
  await bus17.answered("#AL#1");
  bus17.send(packet.subarray(20));
  await bus17.answered("#AL#1 #ASD#1");
  bus17.send(Buffer.from(packet).toString().replace("4930.", "4931."));
  await bus17.answered("#AL#1 #ASD#1 #ASD#13");
  expect(positions()).toHaveLength(1);
  expect(await count("yardline_tracker_messages_unreadable_total", { code: "checksum" })).toBe(1);
});

test("what is not believed is acknowledged and counted, and goes no further", async () => {
  const { port, positions } = await gateway();
  const bus17 = await device(port);
  bus17.send(
    Buffer.concat([
      encodeLogin("17"),
      encodeShortData({ ...HERE, at_ms: Date.parse("2099-01-01T00:00:00Z") }),
      encodeShortData({ ...HERE, latitude: 0, longitude: 0 }),
      encodeShortData({ ...HERE, satellites: 0 }),
      encodeBlackBox([
        { ...HERE, at_ms: NOW - 8 * 86_400_000 },
        { ...HERE, at_ms: NOW - 60_000 },
      ]),
    ]),
  );
  await bus17.answered("#AL#1 #ASD#1 #ASD#1 #ASD#1 #AB#2");
  expect(positions().map(({ at_ms }) => at_ms)).toEqual([NOW - 60_000]);
  for (const reason of ["future", "nowhere", "no-fix", "late"]) {
    expect(await count("yardline_tracker_fixes_held_total", { reason })).toBe(1);
  }
});

test("nothing acknowledged is lost while the bus goes down and comes up", async () => {
  const { port, bus, positions } = await gateway();
  const kept = Array.from({ length: 40 }, (_, second) => ({ ...HERE, at_ms: NOW - 40_000 + second * 1000 }));
  const acknowledged: number[] = [];
  // A real device: sends until it is answered, connects again when it is cut off, forgets only what was acknowledged.
  async function deliver() {
    while (acknowledged.length < kept.length) {
      const tracker = await device(port);
      tracker.send(encodeLogin("17"));
      await tracker.answered("#AL#1");
      const before = acknowledged.length;
      for (const fix of kept.slice(before)) {
        tracker.send(encodeShortData(fix));
        const answers = `#AL#1${" #ASD#1".repeat(acknowledged.length - before + 1)}`;
        const first = await Promise.race([
          tracker.answered(answers).then(() => "answer"),
          tracker.gone().then(() => "gone"),
        ]);
        if (first === "gone") break;
        acknowledged.push(fix.at_ms);
        bus.down = acknowledged.length % 7 === 0;
        if (bus.down) setTimeout(() => (bus.down = false), 30);
      }
      tracker.socket.destroy();
    }
  }
  await deliver();
  expect(positions().map(({ at_ms }) => at_ms)).toEqual(kept.map(({ at_ms }) => at_ms));
  expect(await count("yardline_tracker_connections_closed_total", { reason: "unavailable" })).toBeGreaterThan(
    2,
  );
});

test("an unknown device is refused and noted, and its positions stay with it", async () => {
  const noted: string[] = [];
  const devices: DeviceDirectory = {
    findDevice: async (_protocol, id) => (id === "8600" ? { vehicle_id: "17" } : undefined),
    noteUnknown: async (protocol, id) => noted.push(`${protocol}:${id}`) > 0,
  };
  const { port, positions } = await gateway({ devices });
  const stranger = await device(port);
  stranger.send(Buffer.concat([encodeLogin("666"), encodeShortData(HERE)]));
  await stranger.answered("#AL#0");
  await stranger.gone();
  const ours = await device(port);
  ours.send(Buffer.concat([encodeLogin("8600"), encodeShortData(HERE)]));
  await ours.answered("#AL#1 #ASD#1");
  expect(noted).toEqual(["wialon-ips:666"]);
  expect(positions().map(({ vehicle_id }) => vehicle_id)).toEqual(["17"]);
});

test("positions before a login end the connection unanswered", async () => {
  const { port, positions } = await gateway();
  const nobody = await device(port);
  nobody.send(encodeShortData(HERE));
  await nobody.gone();
  await nobody.answered("");
  expect(positions()).toEqual([]);
});
