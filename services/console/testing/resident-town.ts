import { randomBytes } from "node:crypto";
import type { TransitView } from "@yardline/api/parts";
import { servedApp } from "@yardline/api/testing/app";
import { TRANSIT } from "@yardline/api/testing/scenes";
import type { Arrival } from "@yardline/domain/trip-run";
import { runReminders } from "@yardline/notifier/run-reminders";
import { memoryRecords } from "@yardline/records/memory";
import { openPushKeys } from "@yardline/reminders/push-keys";
import { isPushAddress } from "@yardline/reminders/push-service";
import { startPushService } from "@yardline/reminders/testing";
import { parseKeys } from "@yardline/secrets/secret-keys";
import { openSecrets } from "@yardline/secrets/secret-store";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { openGate } from "./gate.ts";

const MINUTE_MS = 60_000;
/** Names that would do harm where they were taken for more than names. */
export const HOSTILE_NAME = `</h1><script>alert("1")</script> "Ринок" \u202Eالمحطة`;

/** One call at the stop `market`; times are minutes from now. */
export type Call = Partial<Arrival> & {
  readonly in_min: number;
  readonly low_min?: number;
  readonly high_min?: number;
};

export function callOf({ in_min, low_min, high_min, ...more }: Call, trip: number, now_ms: number): Arrival {
  const at_ms = now_ms + in_min * MINUTE_MS;
  return {
    run: { feed: "demo", service_date: "20261122", trip_id: `t${trip}`, route_id: "r3" },
    ...{ stop_id: "market", stop_sequence: 5, headsign: "Вокзал", basis: "live" },
    ...{ scheduled_at_ms: at_ms, predicted_at_ms: at_ms, signal_at_ms: now_ms - 10_000 },
    ...(low_min !== undefined && { low_ms: now_ms + low_min * MINUTE_MS }),
    ...(high_min !== undefined && { high_ms: now_ms + high_min * MINUTE_MS }),
    ...more,
  };
}

/** The real doors over a scene that a test changes, the real sender of reminders, and a wire that can be cut. */
export async function residentTown(dist: string) {
  const scene = {
    calls: [{ in_min: 5 }] as readonly Call[],
    heard_ago_min: 0,
    planned_min: [20, 50],
    began_ms: Date.now(),
  };
  const records = memoryRecords();
  const keys = await openPushKeys(
    openSecrets(records, async () => parseKeys("a".repeat(64), "a test"), randomBytes),
  );
  if (!keys) throw new Error("no keys");
  const service = await startPushService();
  const stop = new AbortController();
  const transit: TransitView = {
    ...TRANSIT,
    listStops: () =>
      TRANSIT.listStops().map((each) =>
        each.stop_id === "market" ? { ...each, stop_name: HOSTILE_NAME } : each,
      ),
    listLines: () => TRANSIT.listLines().map((line) => ({ ...line, stop_ids: ["market", "вокзал/1"] })),
    listAlerts: () => [],
    heardAt: () => Date.now() - scene.heard_ago_min * MINUTE_MS,
    listArrivals: () => scene.calls.map((call, trip) => callOf(call, trip, scene.began_ms)),
    listPlanned: (_stop_id, [from_ms, to_ms]) =>
      scene.planned_min
        .map((in_min, trip) => callOf({ in_min, basis: "timetable" }, trip, Date.now()))
        .filter(({ scheduled_at_ms }) => scheduled_at_ms >= from_ms && scheduled_at_ms < to_ms),
  };
  const clock = { now_ms: () => Date.now(), monotonic_ms: () => performance.now() };
  const { url } = await servedApp({
    ...{ pageDir: dist, transit, records, clock },
    push: { public_key: keys.public_key, isPushAddress: (at) => isPushAddress(at, [service.origin]) },
  });
  const gate = await openGate(url);
  const running = runReminders({
    ...{
      records,
      transit,
      clock,
      keys,
      contact: "mailto:town@example.org",
      services: [service.origin],
      fetch,
    },
    ...{ look_ms: 50, log: pino({ level: "silent" }), signal: stop.signal },
  });
  onTestFinished(async () => {
    stop.abort();
    await running;
    await gate.close();
    await service.close();
  });
  return { scene, gate, service, keys, records, url: gate.url };
}
