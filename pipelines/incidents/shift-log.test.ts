import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { beginShift, findOpenShift, listShifts, writeAcceptance, writeEnd } from "./shift-log.ts";
import { handRandom, NOON_MS } from "./testing.ts";

const HOUR_MS = 3_600_000;
const DUTY = { tenant: "town", purpose: "duty in the situation centre" };

function desk() {
  const records = memoryRecords();
  const random = handRandom();
  const at = (by: string, hours = 0) => ({ by, at_ms: NOON_MS + hours * HOUR_MS });
  return { records, at, begin: (by: string, hours = 0) => beginShift(records, DUTY, at(by, hours), random) };
}

test("whoever began a shift is on it until they end it, and it can be begun anew", async () => {
  const { records, at, begin } = desk();
  expect(await findOpenShift(records, "olena", NOON_MS)).toBeUndefined();
  const shift = await begin("olena");
  expect(await findOpenShift(records, "olena", NOON_MS + HOUR_MS)).toEqual(shift);
  expect(await findOpenShift(records, "petro", NOON_MS)).toBeUndefined();
  await expect(begin("olena", 2)).rejects.toMatchObject({ code: "SHIFT_OPEN" });
  await writeEnd(records, shift.id, { incidents: [] }, at("olena", 8));
  expect(await findOpenShift(records, "olena", NOON_MS + 8 * HOUR_MS)).toBeUndefined();
  expect((await begin("olena", 20)).id).not.toBe(shift.id);
});

test("one that nobody ended covers nothing after 16 hours, and ends when the next begins", async () => {
  const { records, begin } = desk();
  const forgotten = await begin("olena");
  const last_ms = NOON_MS + 16 * HOUR_MS;
  expect(await findOpenShift(records, "olena", last_ms - 1)).toEqual(forgotten);
  expect(await findOpenShift(records, "olena", last_ms)).toBeUndefined();
  await begin("olena", 24);
  const ended = (await listShifts(records)).map(({ began_at, ended_at }) => [began_at, ended_at]);
  expect(ended).toEqual([
    ["2026-11-23T12:00:00.000Z", undefined],
    ["2026-11-22T12:00:00.000Z", "2026-11-23T12:00:00.000Z"],
  ]);
});

test("of two doors that begin somebody's shift at once, one does", async () => {
  const { begin } = desk();
  const results = await Promise.allSettled([begin("olena"), begin("olena")]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("what was left is taken by one person, who may say so twice", async () => {
  const { records, at, begin } = desk();
  const { id } = await begin("olena");
  await expect(writeAcceptance(records, id, at("petro"))).rejects.toMatchObject({ code: "SHIFT_NOT_OVER" });
  await expect(writeEnd(records, id, { incidents: [] }, at("petro"))).rejects.toMatchObject({
    code: "SHIFT_OTHERS",
  });
  const handed = { note: "the gate of house 4 does not close", incidents: ["2026-11-00000009"] };
  await writeEnd(records, id, handed, at("olena", 8));
  await expect(writeAcceptance(records, id, at("olena", 8))).rejects.toMatchObject({ code: "SHIFT_OTHERS" });
  const accepted = await writeAcceptance(records, id, at("petro", 8));
  expect(accepted.hand_over).toEqual({
    ...handed,
    accepted_by: "petro",
    accepted_at: "2026-11-22T20:00:00.000Z",
  });
  expect(await writeAcceptance(records, id, at("petro", 9))).toEqual(accepted);
  await expect(writeAcceptance(records, id, at("ivan", 9))).rejects.toMatchObject({ code: "SHIFT_ACCEPTED" });
});

test("what was left for somebody by name is theirs alone", async () => {
  const { records, at, begin } = desk();
  const { id } = await begin("olena");
  await writeEnd(records, id, { to: "petro", incidents: [] }, at("olena", 8));
  await expect(writeAcceptance(records, id, at("ivan", 8))).rejects.toMatchObject({ code: "SHIFT_OTHERS" });
  await writeAcceptance(records, id, at("petro", 8));
});
