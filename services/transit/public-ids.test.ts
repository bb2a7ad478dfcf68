import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openRotatingIds } from "./public-ids.ts";

const NOON = Date.parse("2026-06-01T12:00:00+03:00");
const DAY_MS = 86_400_000;

test("an id is one all day, also after a restart, another one the next day, and says nothing of the fleet number", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-ids-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const open = async () => {
    const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
    const ids = await openRotatingIds(records, "Europe/Kyiv");
    await records.close();
    return ids;
  };
  const ids = await open();
  const today = ids("1042", NOON);
  expect(today).toMatch(/^v-[-\w]{12}$/);
  expect(today).not.toContain("1042");
  const again = await open();
  // The last minute before midnight in the town's zone, and the first after it.
  expect(again("1042", Date.parse("2026-06-01T23:59:59+03:00"))).toBe(today);
  expect(again("1042", Date.parse("2026-06-02T00:00:00+03:00"))).not.toBe(today);
  expect(again("1042", NOON + DAY_MS)).not.toBe(today);
  expect(again("1043", NOON)).not.toBe(today);
});
