import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presence } from "@yardline/api/testing/scenes";
import { memoryIndex } from "@yardline/index/testing";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { publicCounts } from "./public-counts.ts";

const DAY_MS = Date.parse("2026-11-22T00:00:00Z");
const NOON_MS = DAY_MS + 12 * 3_600_000;
const AREAS = [
  { id: "centre", name: "Centre", cameras: ["yard"] },
  { id: "school", name: "School", cameras: ["gate"] },
];
const yard = (at_s: number) =>
  presence(at_s, { data: { track: `3f1f2c1e-0000-4000-8000-00000000${1000 + at_s}` } });
const gate = (at_s: number) => presence(at_s, { source: "camera/gate", data: { camera: "gate" } });

async function counting() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-counts-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  const index = memoryIndex([0, 60, 120, 180].map(yard));
  return { index, counts: publicCounts(AREAS, { index, records, tenant: "demo" }) };
}

test("counts stays that began in the hour, area by area, when the hour has settled", async () => {
  const { index, counts } = await counting();
  await index.put([yard(240), gate(0)]);
  expect((await counts.listHours(DAY_MS, NOON_MS + 2 * 3_600_000 - 1)).has(NOON_MS)).toBe(false);
  const told = await counts.listHours(DAY_MS, NOON_MS + 2 * 3_600_000);
  expect(told.get(NOON_MS)).toEqual([{ area: "centre", count: 5 }, { area: "school" }]);
  expect(told.size).toBe(13);
});

test("whoever asks before and after one event came late, or was erased, learns nothing of it", async () => {
  const { index, counts } = await counting();
  const now_ms = NOON_MS + 3 * 3_600_000;
  const before = await counts.listHours(DAY_MS, now_ms);
  await index.put([yard(240)]);
  expect(await counts.listHours(DAY_MS, now_ms)).toEqual(before);
  await index.erase([yard(0).occurrence, yard(240).occurrence]);
  expect(await counts.listHours(DAY_MS, now_ms)).toEqual(before);
});

test("another tenant's are not counted, and what is long ago is not told", async () => {
  const { index, counts } = await counting();
  await index.put([1, 2, 3].map((at_s) => presence(at_s, { tenant: "other" })));
  expect((await counts.listHours(DAY_MS, NOON_MS + 2 * 3_600_000)).get(NOON_MS)?.[0]).toEqual({
    area: "centre",
  });
  expect(await counts.listHours(DAY_MS, DAY_MS + 36 * 86_400_000)).toEqual(new Map());
});
