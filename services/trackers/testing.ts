import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { BusRecord } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import pino from "pino";
import { register } from "prom-client";
import { afterEach, beforeEach, expect } from "vitest";
import type { DeviceDirectory } from "./devices.ts";
import { type GatewayLimits, startGateway } from "./gateway.ts";

export const NOW = Date.parse("2026-03-01T12:00:00Z");
export const HERE = { at_ms: NOW, latitude: 49.5, longitude: 31.25, satellites: 9 };

let abort = new AbortController();
let running: Promise<void>[] = [];
beforeEach(() => {
  abort = new AbortController();
  running = [];
  register.resetMetrics();
});
afterEach(stopped);

/** Everybody may speak, for the vehicle that is called like the device. */
export const anyDevice: DeviceDirectory = {
  findDevice: async (_protocol, device_id) => ({ vehicle_id: device_id }),
  noteUnknown: async () => false,
};

/** Stops the gateways of this test. */
export async function stopped(): Promise<void> {
  abort.abort();
  await Promise.all(running);
}

/** A gateway with a bus in memory, which can be down. */
export async function gateway({
  devices = anyDevice,
  limits = {},
  protocol = "wialon-ips",
  isToken,
}: {
  devices?: DeviceDirectory;
  limits?: Partial<GatewayLimits>;
  protocol?: string;
  isToken?: (given: string | undefined) => boolean;
} = {}) {
  const published: BusRecord[] = [];
  const bus = {
    down: false,
    attempts: 0,
    async publish(_topic: string, records: readonly BusRecord[]) {
      bus.attempts++;
      await new Promise((done) => setImmediate(done));
      if (bus.down) throw new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });
      published.push(...records);
    },
  };
  const started = await startGateway(
    {
      listen: [{ protocol, host: "127.0.0.1", port: 0, ...(isToken && { isToken }) }],
      devices,
      bus,
      clock: handClock(NOW),
      log: pino({ level: "silent" }),
      limits,
    },
    abort.signal,
  );
  running.push(started.stopped);
  const port = started.listening[0]?.port ?? 0;
  const positions = () => published.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
  return { port, bus, published, positions };
}

/** A device: sends bytes, and keeps what it was answered. */
export async function device(port: number) {
  const socket: Socket = connect({ port, host: "127.0.0.1" });
  let answers = "";
  let over = false;
  socket.on("data", (bytes) => {
    answers += bytes;
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    over = true;
  });
  await once(socket, "connect");
  return {
    socket,
    send: (bytes: Uint8Array | string) => socket.write(bytes),
    answered: (expected: string) =>
      eventually(() => expect(answers.replaceAll("\r\n", " ").trim()).toBe(expected)),
    gone: () => eventually(() => expect(over).toBe(true)),
  };
}

export async function count(name: string, labels: Record<string, string>): Promise<number> {
  const metric = await register.getSingleMetric(name)?.get();
  const values = metric?.values.filter((value) =>
    Object.entries(labels).every(([label, value_]) => value.labels[label] === value_),
  );
  return values?.reduce((sum, { value }) => sum + value, 0) ?? 0;
}
