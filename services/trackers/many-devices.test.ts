import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { TRACKER_SPEAKERS } from "@yardline/sources/trackers/speakers";
import { encodeBlackBox, encodeLogin, encodeShortData } from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import { afterEach, expect, test } from "vitest";
import { count, gateway, HERE, NOW } from "./testing.ts";

const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/** A device that counts its answers. */
function open(port: number) {
  const socket = connect({ port, host: "127.0.0.1" });
  sockets.add(socket);
  let answers = "";
  socket.on("data", (bytes) => {
    answers += bytes.toString();
  });
  socket.on("error", () => {});
  return { socket, answers: () => answers };
}

test("2,000 devices of eight protocols that connect at once are all taken", { timeout: 60_000 }, async () => {
  const { port, positions } = await gateway({ protocol: "auto" });
  const devices = Array.from({ length: 2000 }, (_, number) => {
    const speaker = TRACKER_SPEAKERS[number % TRACKER_SPEAKERS.length];
    const { login, tell } = speaker?.open(`35000000${String(number).padStart(7, "0")}`) ?? {};
    const device = open(port);
    device.socket.write(
      Buffer.concat([login?.sends ?? [], tell?.([HERE]).sends ?? []].map((bytes) => Buffer.from(bytes))),
    );
    return { ...device, isAnswered: speaker?.protocol !== "nmea" };
  });
  await eventually(() => {
    expect(new Set(positions().map(({ vehicle_id }) => vehicle_id)).size).toBe(2000);
  }, 50_000);
  expect(positions()).toHaveLength(2000);
  await eventually(() =>
    expect(devices.filter(({ answers, isAnswered }) => (answers() !== "") !== isAnswered)).toEqual([]),
  );
});

test("300 that send a byte now and then are given up, and a bus among them is heard meanwhile", {
  timeout: 30_000,
}, async () => {
  const { port, positions } = await gateway({ protocol: "auto", limits: { idle_ms: 1500 } });
  const loris = Array.from({ length: 300 }, () => open(port));
  const drip = setInterval(() => {
    for (const { socket } of loris) if (!socket.destroyed) socket.write("#L");
  }, 200);
  const bus = open(port);
  bus.socket.write(Buffer.concat([encodeLogin("17"), encodeShortData(HERE)]));
  await eventually(() => expect(bus.answers()).toBe("#AL#1\r\n#ASD#1\r\n"));
  await eventually(async () => {
    expect(
      await count("yardline_tracker_connections_closed_total", { reason: "idle" }),
    ).toBeGreaterThanOrEqual(300);
  }, 20_000);
  clearInterval(drip);
  expect(positions()).toHaveLength(1);
});

/** One in ten of a day with a fix each 30 s. */
const KEPT_FIXES = 288;
const PACKET_FIXES = 48;

test("a day's backlog of 200 buses comes whole and in order while live ones are not kept waiting", {
  timeout: 60_000,
}, async () => {
  const { port, positions } = await gateway();
  const backlog = Array.from({ length: KEPT_FIXES }, (_, step) => ({
    ...HERE,
    at_ms: NOW - (KEPT_FIXES - step) * 30_000,
  }));
  const packets = Array.from({ length: KEPT_FIXES / PACKET_FIXES }, (_, at) =>
    encodeBlackBox(backlog.slice(at * PACKET_FIXES, (at + 1) * PACKET_FIXES)),
  );
  const late = Array.from({ length: 200 }, (_, number) => {
    const device = open(port);
    device.socket.write(Buffer.concat([encodeLogin(`late-${number}`), ...packets]));
    return device;
  });
  const live = open(port);
  await once(live.socket, "connect");
  live.socket.write(encodeLogin("live"));
  for (let fix = 1; fix <= 20; fix++) {
    live.socket.write(encodeShortData(HERE));
    await eventually(() => expect(live.answers()).toBe(`#AL#1\r\n${"#ASD#1\r\n".repeat(fix)}`), 20_000);
  }
  const confirmed = `#AL#1\r\n${`#AB#${PACKET_FIXES}\r\n`.repeat(packets.length)}`;
  await eventually(() => {
    expect(late.filter(({ answers }) => answers() === confirmed)).toHaveLength(200);
  }, 50_000);
  const byVehicle = Map.groupBy(positions(), ({ vehicle_id }) => vehicle_id);
  expect(byVehicle.get("live")).toHaveLength(20);
  const times = backlog.map(({ at_ms }) => at_ms);
  for (let number = 0; number < 200; number++) {
    expect(byVehicle.get(`late-${number}`)?.map(({ at_ms }) => at_ms)).toEqual(times);
  }
});
