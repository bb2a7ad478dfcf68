import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { percentile } from "../soak/percentile.ts";
import { pssOf } from "../soak/process-tree.ts";
import { openDoors } from "./api-doors.ts";
import type { Heard, ListenOrder } from "./api-listeners-child.ts";
import type { Figure } from "./figure.ts";
import { cpuMsOf } from "./thread-cpu.ts";
import { townEvents } from "./town-events.ts";

const DELIVERED_MS_MOST = 500;
const SHARE_OF_CORE_MOST = 1;
const LISTENER_KB_MOST = 100;
/** What was on its way when the last event was said. */
const SETTLE_MS = 3_000;

export type ListenersRun = {
  readonly listeners: number;
  readonly events_per_s: number;
  readonly seconds: number;
};

/**
 * People who watch the live queue: each has a stream of all events, signed in, looked up again every two seconds. The bus is on disk,
 * the listeners are in another process; an event's delay is from its publishing until each of them has it.
 */
export async function measureListeners({
  listeners,
  events_per_s,
  seconds,
}: ListenersRun): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  const doors = await openDoors(folder, { streams_max: listeners, connections_max: listeners + 100 });
  try {
    const alone_bytes = pssOf(process.pid);
    const child = fork(join(import.meta.dirname, "api-listeners-child.ts"), {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      serialization: "advanced",
    });
    const order: ListenOrder = { port: doors.port, listeners, cookie: doors.cookie };
    child.send(order);
    await once(child, "message");
    const idle = await cpuShareDuring(() => wait(SETTLE_MS));
    const busy = await cpuShareDuring(() => tell(doors.bus, events_per_s, seconds));
    const with_bytes = pssOf(process.pid);
    await wait(SETTLE_MS);
    child.send("enough");
    const [answer] = await once(child, "message");
    const { delivered, delays_ms } = answer as Heard;
    const whole = listeners * events_per_s * seconds;
    return [
      { what: `${listeners} listeners: share of a core while nothing happens`, value: idle, unit: "" },
      {
        what: `${listeners} listeners, ${events_per_s} events a second: share of a core`,
        value: busy,
        unit: "",
        budget: { most: SHARE_OF_CORE_MOST },
      },
      { what: "published to delivered, p50", value: percentile(delays_ms, 0.5), unit: "ms" },
      {
        what: "published to delivered, p95",
        value: percentile(delays_ms, 0.95),
        unit: "ms",
        budget: { most: DELIVERED_MS_MOST },
      },
      {
        what: "delivered of what was published",
        value: delivered / whole,
        unit: "",
        budget: { least: 1, most: 1 },
      },
      {
        what: "memory a listener",
        value: (with_bytes - alone_bytes) / listeners / 1_000,
        unit: "kB",
        budget: { most: LISTENER_KB_MOST },
      },
    ];
  } finally {
    await doors.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function cpuShareDuring(work: () => Promise<void>): Promise<number> {
  const [before_ms, begin_ms] = [cpuMsOf(process.pid), performance.now()];
  await work();
  return (cpuMsOf(process.pid) - before_ms) / (performance.now() - begin_ms);
}

/** Events of just now, evenly. */
async function tell(
  bus: {
    publish(topic: "events", records: { key: string; source: string; body: Uint8Array }[]): Promise<void>;
  },
  per_s: number,
  seconds: number,
): Promise<void> {
  const begin_ms = performance.now();
  for (let said = 0; said < per_s * seconds; said++) {
    await wait(Math.max(0, begin_ms + (said * 1_000) / per_s - performance.now()));
    const now_ms = Date.now();
    const [event] = townEvents(1, now_ms, now_ms + 1, said * 2 + 1);
    if (!event) continue;
    const body = new TextEncoder().encode(JSON.stringify(event));
    await bus.publish("events", [{ key: event.occurrence, source: event.source, body }]);
  }
}
