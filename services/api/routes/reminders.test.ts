import { memoryRecords } from "@yardline/records/memory";
import { isPushAddress } from "@yardline/reminders/push-service";
import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";

const KEYS = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};
const ASKED = {
  call: {
    stop_id: "market",
    route_id: "r99",
    trip_id: "t9",
    service_date: "20261122",
    stop_sequence: 5,
    scheduled_at: "2026-11-22T12:10:00.000Z",
  },
  language: "uk",
  address: { endpoint: "https://fcm.googleapis.com/fcm/send/one", keys: KEYS },
};
const PUSH = {
  public_key: `B${"x".repeat(86)}`,
  isPushAddress: (endpoint: string) => isPushAddress(endpoint),
};

const shared = sharedApp(() => ({ push: PUSH }));

test("asked for, kept without a name, taken back by who knows its id", async () => {
  const records = memoryRecords();
  const app = await testApp({ records, push: PUSH });
  expect((await app.inject("/v1/push-key")).json()).toEqual({ public_key: PUSH.public_key });
  const ask = (payload: object) => app.inject({ method: "POST", url: "/v1/reminders", payload });
  const { id, ends_at } = (await ask(ASKED)).json<{ id: string; ends_at: string }>();
  expect(ends_at).toBe("2026-11-22T14:10:00.000Z");
  expect((await ask(ASKED)).json()).toEqual({ id, ends_at });
  const rows = await records.list("reminder");
  expect(rows.map(({ value }) => value)).toEqual([{ ...ASKED, lead_min: 10 }]);
  const remove = () => app.inject({ method: "DELETE", url: `/v1/reminders/${id}` });
  expect([(await remove()).statusCode, (await remove()).statusCode]).toEqual([204, 204]);
  expect(await records.list("reminder")).toEqual([]);
});

test.for([
  [
    "an address of nobody that we know",
    { address: { ...ASKED.address, endpoint: "https://127.0.0.1/" } },
    400,
  ],
  [
    "a key that is none",
    { address: { ...ASKED.address, keys: { ...KEYS, p256dh: `B${"A".repeat(86)}` } } },
    400,
  ],
  ["more than is asked", { name: "Olha" }, 400],
  ["a stop that is not there", { call: { ...ASKED.call, stop_id: "nowhere" } }, 404],
  ["a bus that is not expected", { call: { ...ASKED.call, trip_id: "t7" } }, 404],
] as const)("%s is refused", async ([, change, status]) => {
  const app = shared();
  const payload = { ...ASKED, ...change };
  expect((await app.inject({ method: "POST", url: "/v1/reminders", payload })).statusCode).toBe(status);
});

test("a town without keys says so", async () => {
  const app = await testApp();
  expect((await app.inject("/v1/push-key")).statusCode).toBe(404);
});
