import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { DEVICE_MAX, dropEnded, keepReminder, listReminders, takeReminder } from "./reminder.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const MINUTE_MS = 60_000;
const KEYS = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};
const ASKED = {
  call: {
    stop_id: "market",
    route_id: "r3",
    trip_id: "t1",
    service_date: "20261122",
    stop_sequence: 5,
    scheduled_at: "2026-11-22T12:20:00.000Z",
  },
  language: "uk" as const,
  lead_min: 10,
  address: { endpoint: "https://fcm.googleapis.com/fcm/send/one", keys: KEYS },
};
const at = (scheduled_ms: number, endpoint = ASKED.address.endpoint) => ({
  ...ASKED,
  call: { ...ASKED.call, scheduled_at: new Date(scheduled_ms).toISOString() },
  address: { ...ASKED.address, endpoint },
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (thrown: { code?: string }) => thrown.code,
  );

test("asked twice it is one reminder; it ends by itself, and is taken away once", async () => {
  const records = memoryRecords();
  const { id, ends_ms } = await keepReminder(records, ASKED, NOON_MS);
  expect(ends_ms).toBe(NOON_MS + 140 * MINUTE_MS);
  expect((await keepReminder(records, ASKED, NOON_MS)).id).toBe(id);
  const [kept, ...others] = await listReminders(records, NOON_MS);
  expect([kept, others]).toEqual([{ ...ASKED, id, ends_ms, revision: 2 }, []]);
  expect(await listReminders(records, ends_ms)).toEqual([]);
  // Of two processes that want to tell it, one does.
  expect(await Promise.all([takeReminder(records, id, 2), takeReminder(records, id, 2)])).toEqual([
    true,
    false,
  ]);
  await keepReminder(records, ASKED, NOON_MS);
  await dropEnded(records, ends_ms + 1);
  expect(await records.list("reminder")).toEqual([]);
});

test("a device has so many, another one is not in its way, and nobody waits for yesterday's bus", async () => {
  const records = memoryRecords();
  for (let n = 0; n < DEVICE_MAX; n += 1) await keepReminder(records, at(NOON_MS + n * MINUTE_MS), NOON_MS);
  expect(await codeOf(keepReminder(records, at(NOON_MS + 60 * MINUTE_MS), NOON_MS))).toBe("REMINDERS_MANY");
  expect(await codeOf(keepReminder(records, at(NOON_MS), NOON_MS))).toBe("done");
  expect(await codeOf(keepReminder(records, at(NOON_MS, "https://fcm.googleapis.com/two"), NOON_MS))).toBe(
    "done",
  );
  expect(await codeOf(keepReminder(records, at(NOON_MS - 120 * MINUTE_MS), NOON_MS))).toBe("REMINDER_LATE");
});

test("what only looks like a key is refused, not stumbled over when it is time", async () => {
  const keys = { ...KEYS, p256dh: `B${"A".repeat(86)}` };
  const asked = { ...ASKED, address: { ...ASKED.address, keys } };
  expect(await codeOf(keepReminder(memoryRecords(), asked, NOON_MS))).toBe("PUSH_KEYS");
});
