import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { noteSign } from "./signs.ts";
import { openSqliteRecords } from "./sqlite.ts";

const DAY_MS = Date.parse("2026-11-30T00:00:00Z");

test("remembers over restarts on which day a sign became out of date", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-signs-"));
  const path = join(folder, "records.sqlite");
  onTestFinished(() => rm(folder, { recursive: true }));
  const days: (string | undefined)[] = [];
  for (const [version, day] of [
    ["A", 0],
    ["A", 1],
    ["B", 2],
    ["B", 9],
    ["A", 10],
  ] as const) {
    const records = await openSqliteRecords({ path });
    days.push(await noteSign(records, { camera: "yard", version, now_ms: DAY_MS + day * 86_400_000 }));
    await records.close();
  }
  expect(days).toEqual([undefined, undefined, "2026-12-02", "2026-12-02", "2026-12-10"]);
});
