import { randomBytes } from "node:crypto";
import type { Arrival } from "@yardline/domain/trip-run";
import { memoryRecords } from "@yardline/records/memory";
import { openPushKeys, type PushKeys } from "@yardline/reminders/push-keys";
import { keepReminder, type PushAddress } from "@yardline/reminders/reminder";
import { startPushService } from "@yardline/reminders/testing";
import { parseKeys } from "@yardline/secrets/secret-keys";
import { openSecrets } from "@yardline/secrets/secret-store";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { runReminders } from "./run-reminders.ts";
import { sendPush } from "./send-push.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const MINUTE_MS = 60_000;
const CALL = {
  ...{ stop_id: "market", route_id: "r3", trip_id: "t1", service_date: "20261122", stop_sequence: 5 },
  scheduled_at: "2026-11-22T12:20:00.000Z",
};

async function stage() {
  const records = memoryRecords();
  const secrets = openSecrets(records, async () => parseKeys("a".repeat(64), "the test"), randomBytes);
  const keys = (await openPushKeys(secrets)) as PushKeys;
  const service = await startPushService();
  const clock = handClock(NOON_MS);
  const lines: string[] = [];
  const stop = new AbortController();
  let predicted_at_ms = Date.parse(CALL.scheduled_at);
  const arrival = (): Arrival => ({
    run: { feed: "demo", service_date: "20261122", trip_id: "t1", route_id: "r3" },
    ...{ stop_id: "market", stop_sequence: 5, headsign: "Вокзал", basis: "live", predicted_at_ms },
    scheduled_at_ms: Date.parse(CALL.scheduled_at),
  });
  const common = { keys, contact: "mailto:town@example.org", fetch, signal: stop.signal };
  const running = runReminders({
    ...{ ...common, records, clock, services: [service.origin], look_ms: 5, wait: async () => undefined },
    transit: {
      timezone: "Europe/Kyiv",
      listArrivals: () => [arrival()],
      listStops: () => [{ stop_id: "market", stop_name: "Ринок" }],
      listLines: () => [{ route_id: "r3", route_short_name: "3" }],
    },
    log: pino({ level: "warn" }, { write: (line) => void lines.push(line) }),
  });
  onTestFinished(async () => {
    stop.abort();
    await running;
    await service.close();
  });
  return {
    ...{ records, service, clock, lines, common, keys },
    predict: (at_ms: number) => {
      predicted_at_ms = at_ms;
    },
    ask: (address: PushAddress) =>
      keepReminder(records, { call: CALL, language: "en", lead_min: 10, address }, NOON_MS),
    left: async () => (await records.list("reminder")).length,
  };
}

test("a real push goes out ten minutes before a bus that is late, once, encrypted for that browser, and nothing is kept", async () => {
  const town = await stage();
  const { address, pushed } = town.service.subscribe(town.keys.public_key);
  const { id } = await town.ask(address);
  town.predict(NOON_MS + 30 * MINUTE_MS);
  town.clock.advance(19 * MINUTE_MS);
  await new Promise((done) => setTimeout(done, 50));
  expect(pushed).toEqual([]);
  town.clock.advance(1 * MINUTE_MS);
  await eventually(() => expect(pushed).toHaveLength(1));
  const [{ text = "", ...told } = {}] = pushed;
  expect(told).toEqual({
    ttl_s: 900,
    urgency: "high",
    topic: id.slice(0, 32),
    contact: "mailto:town@example.org",
  });
  expect(JSON.parse(text)).toEqual({
    title: "3: in 10 min",
    body: "Ринок → Вокзал. Expected at 14:30.",
    tag: id,
    path: "/stops/market",
  });
  expect([await town.left(), town.lines]).toEqual([0, []]);
});

test("a push service in trouble is tried again, one that refuses is not, and its address is in no log", async () => {
  const town = await stage();
  const { address, pushed } = town.service.subscribe(town.keys.public_key);
  const send = (text: string) =>
    sendPush(address, text, "t", { ...town.common, wait: async () => undefined });
  town.service.answerWith(503, 429);
  expect(await send("now")).toEqual({ fate: "told" });
  expect(pushed.map(({ text }) => text)).toEqual(["now"]);
  town.service.answerWith(410);
  expect(await send("gone")).toEqual({ fate: "gone" });
  town.service.answerWith(403, 403, 403, 403);
  town.predict(NOON_MS);
  await town.ask(address);
  await eventually(() => expect(town.lines).toHaveLength(1));
  expect(town.lines.join()).toContain("it answered 403");
  expect(town.lines.join()).not.toContain(new URL(address.endpoint).pathname);
});

test("another address than a push service's is never called, even where it lies in the store", async () => {
  const town = await stage();
  const { address } = town.service.subscribe(town.keys.public_key);
  town.predict(NOON_MS);
  await town.ask({ ...address, endpoint: "http://127.0.0.1:9/steal" });
  await eventually(async () => expect(await town.left()).toBe(0));
  await eventually(() => expect(town.lines.join()).toContain("not a push service"));
});

test("an answer that leads elsewhere leads nowhere", async () => {
  const town = await stage();
  const { address } = town.service.subscribe(town.keys.public_key);
  town.service.answerWith(307);
  expect(await sendPush(address, "x", "t", town.common)).toEqual({ fate: "gave-up", why: "it answered 307" });
});
