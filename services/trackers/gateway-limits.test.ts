import { once } from "node:events";
import { createServer } from "node:net";
import {
  encodeBlackBox,
  encodeLogin,
  encodePing,
  encodeShortData,
} from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import pino from "pino";
import { expect, test } from "vitest";
import { startGateway } from "./gateway.ts";
import { anyDevice, count, device, gateway, HERE, stopped } from "./testing.ts";

test("ten megabytes without a line end close that connection, and nobody else notices", async () => {
  const { port } = await gateway();
  const [flood, bus17] = [await device(port), await device(port)];
  bus17.send(encodeLogin("17"));
  for (let sent = 0; sent < 160; sent++) flood.send(new Uint8Array(64 * 1024).fill(0x41));
  await flood.gone();
  expect(await count("yardline_tracker_connections_closed_total", { reason: "too-long" })).toBe(1);
  bus17.send(encodeShortData(HERE));
  await bus17.answered("#AL#1 #ASD#1");
});

test("a device that sends a byte now and then is given up", async () => {
  const { port } = await gateway({ limits: { idle_ms: 150 } });
  const loris = await device(port);
  const drip = setInterval(() => loris.send("x"), 20);
  await loris.gone();
  clearInterval(drip);
  expect(await count("yardline_tracker_connections_closed_total", { reason: "idle" })).toBe(1);
});

test("more connections than the limit are turned away", async () => {
  const { port } = await gateway({ limits: { connections_max: 2 } });
  const first = await device(port);
  await device(port);
  const third = await device(port);
  await third.gone();
  first.send(encodeLogin("17"));
  await first.answered("#AL#1");
  expect(await count("yardline_tracker_connections_closed_total", { reason: "too-many" })).toBe(1);
});

test("a device that connects again replaces its dead connection", async () => {
  const { port } = await gateway();
  const [before, after] = [await device(port), await device(port)];
  before.send(encodeLogin("17"));
  await before.answered("#AL#1");
  after.send(encodeLogin("17"));
  await before.gone();
  after.send(encodePing());
  await after.answered("#AL#1 #AP#");
});

test("a device that sends more than its share waits, another one does not", async () => {
  const { port, positions } = await gateway({ limits: { messages_per_s: 20, messages_at_once: 10 } });
  const [greedy, modest] = [await device(port), await device(port)];
  greedy.send(encodeLogin("1"));
  await greedy.answered("#AL#1");
  const begun = performance.now();
  greedy.send(encodeBlackBox(Array.from({ length: 20 }, () => HERE)));
  await greedy.answered("#AL#1 #AB#20");
  greedy.send(encodePing());
  modest.send(Buffer.concat([encodeLogin("2"), encodeShortData(HERE)]));
  await modest.answered("#AL#1 #ASD#1");
  const modest_ms = performance.now() - begun;
  await greedy.answered("#AL#1 #AB#20 #AP#");
  // The clock stands still in this test, so only the wait itself passes.
  expect(performance.now() - begun).toBeGreaterThan(500);
  expect(modest_ms).toBeLessThan(performance.now() - begun);
  expect(positions()).toHaveLength(21);
});

test("answers that wait for a device to read them stop the reading, not the memory", async () => {
  const { port } = await gateway({ limits: { idle_ms: 300, messages_at_once: 10_000_000 } });
  const deaf = await device(port);
  deaf.socket.pause();
  // More answers than the system keeps for both sides of a connection.
  const pings = Buffer.concat(Array.from({ length: 10_000 }, () => encodePing()));
  for (let sent = 0; sent < 200; sent++) deaf.send(pings);
  await eventually(async () => {
    expect(await count("yardline_tracker_connections_closed_total", { reason: "idle" })).toBe(1);
  }, 25_000);
  deaf.socket.destroy();
});

test("a taken port is one clear error, and nothing is left listening", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const listen = [
    { protocol: "wialon-ips", host: "127.0.0.1", port: 0 },
    { protocol: "wialon-ips", host: "127.0.0.1", port },
  ];
  const options = {
    devices: anyDevice,
    bus: { publish: async () => {} },
    clock: handClock(),
    log: pino({ level: "silent" }),
  };
  await expect(startGateway({ ...options, listen }, new AbortController().signal)).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`),
  });
  await expect(
    startGateway(
      { ...options, listen: [{ protocol: "pigeon", host: "127.0.0.1", port: 0 }] },
      new AbortController().signal,
    ),
  ).rejects.toMatchObject({ code: "PROTOCOL_UNKNOWN" });
  other.close();
});

test("stopping lets no device wait and frees the port", async () => {
  const { port } = await gateway();
  const bus17 = await device(port);
  bus17.send(encodeLogin("17"));
  await bus17.answered("#AL#1");
  await stopped();
  await bus17.gone();
  const again = createServer().listen(port, "127.0.0.1");
  await once(again, "listening");
  again.close();
});
