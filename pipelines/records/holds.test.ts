import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  endHolds,
  extendHold,
  findHolds,
  HOLD_DAYS_MAX,
  holdRecording,
  listHolds,
  listUnswept,
  noteSwept,
  releaseHold,
} from "./holds.ts";
import { openSqliteRecords } from "./sqlite.ts";

const DAY_MS = 86_400_000;
const HOLD = {
  ...{ camera: "yard", from_ms: 1_000, to_ms: 2_000, reason: "asked for by the police", held_by: "olena" },
  ...{ legal_basis: "case 12/2026, article 93", held_at_ms: 5_000, until_ms: 5_000 + 10 * DAY_MS },
};

async function openRecords() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-holds-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  return records;
}

test("holds are rows of the records; one that cannot be read is an error, for it may hold anything", async () => {
  const records = await openRecords();
  const hold = { camera: "yard", from_ms: 1_000, to_ms: 2_000 };
  await records.write([{ kind: "hold", id: "h1", value: hold }]);
  expect(await findHolds(records, Number.MAX_SAFE_INTEGER)).toEqual([hold]);
  await records.write([{ kind: "hold", id: "h2", value: { camera: "yard" } }]);
  await expect(findHolds(records, 0)).rejects.toMatchObject({ code: "RECORDS_REFUSED" });
});

test("a hold says why, by what right, by whom and until when, and is made once", async () => {
  const records = await openRecords();
  await holdRecording(records, "h1", HOLD);
  expect(await findHolds(records, HOLD.held_at_ms)).toEqual([HOLD]);
  await expect(holdRecording(records, "h1", HOLD)).rejects.toMatchObject({ code: "RECORDS_CONFLICT" });
  const wrong = [
    ...[{ to_ms: 1_000 }, { reason: "" }, { camera: "" }, { legal_basis: "" }, { until_ms: HOLD.held_at_ms }],
    { until_ms: HOLD.held_at_ms + HOLD_DAYS_MAX * DAY_MS + 1 },
  ];
  for (const each of wrong) {
    await expect(holdRecording(records, "h2", { ...HOLD, ...each })).rejects.toMatchObject({
      code: "HOLD_WRONG",
    });
  }
});

test("one that is released holds nothing, and is remembered with who released it and why", async () => {
  const records = await openRecords();
  await holdRecording(records, "h1", HOLD);
  const release = { by: "petro", why: "the case is closed", now_ms: 9_000 };
  await releaseHold(records, "h1", release);
  expect(await findHolds(records, 9_000)).toEqual([]);
  const ended = { at_ms: 9_000, how: "released", by: "petro", why: "the case is closed" };
  expect((await listHolds(records)).map(({ hold }) => hold)).toEqual([{ ...HOLD, ended }]);
  await expect(releaseHold(records, "h1", release)).rejects.toMatchObject({ code: "HOLD_UNKNOWN" });
});

test("one whose end has come holds nothing from that moment on, unless it was given a later one", async () => {
  const records = await openRecords();
  await holdRecording(records, "h1", HOLD);
  await holdRecording(records, "h2", HOLD);
  const later_ms = HOLD.until_ms + DAY_MS;
  await extendHold(records, "h2", { until_ms: later_ms, now_ms: 6_000 });
  expect(await endHolds(records, HOLD.until_ms - 1)).toEqual([]);
  expect(await findHolds(records, HOLD.until_ms)).toEqual([{ ...HOLD, until_ms: later_ms }]);
  expect((await endHolds(records, HOLD.until_ms)).map(({ id }) => id)).toEqual(["h1"]);
  expect(await endHolds(records, HOLD.until_ms)).toEqual([]);
  const change = extendHold(records, "h1", { until_ms: later_ms, now_ms: HOLD.until_ms });
  await expect(change).rejects.toMatchObject({ code: "HOLD_UNKNOWN" });
});

test("what a hold kept is swept once, and a month later it is forgotten", async () => {
  const records = await openRecords();
  await holdRecording(records, "h1", HOLD);
  expect(await listUnswept(records)).toEqual([]);
  await releaseHold(records, "h1", { by: "petro", why: "closed", now_ms: 9_000 });
  const unswept = await listUnswept(records);
  expect(unswept.map(({ id }) => id)).toEqual(["h1"]);
  await noteSwept(records, unswept, 9_000);
  expect([await listUnswept(records), (await listHolds(records)).length]).toEqual([[], 1]);
  await noteSwept(records, [], 9_000 + 31 * DAY_MS);
  expect(await listHolds(records)).toEqual([]);
});
