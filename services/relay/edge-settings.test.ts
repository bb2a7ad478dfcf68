import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { findEdgeSettings, SETTINGS_BYTES_MAX, writeEdgeSettings } from "./edge-settings.ts";
import { NORTH } from "./testing/pki.ts";
import { testFolder } from "./testing/region.ts";

async function open() {
  const records = await openSqliteRecords({ path: join(await testFolder(), "records.sqlite") });
  onTestFinished(() => records.close());
  return records;
}

test("versions grow, also when the clock goes back and after the row was lost", async () => {
  const records = await open();
  const clock = handClock(1_000_000);
  const write = () => writeEdgeSettings(records, clock, NORTH, { cameras: 1 });
  const versions = [await write(), await write()];
  clock.setNow(500_000);
  versions.push(await write());
  clock.setNow(2_000_000);
  await records.write([{ kind: "edge-settings", id: "town/north", value: undefined }]);
  versions.push(await write());
  expect(versions).toEqual([1_000_000, 1_000_001, 1_000_002, 2_000_000]);
  expect(await findEdgeSettings(records, NORTH)).toEqual({ version: 2_000_000, settings: { cameras: 1 } });
  expect(await findEdgeSettings(records, { tenant: "town", edge: "south" })).toBeUndefined();
});

test("of two who change the same settings, one is told", async () => {
  const records = await open();
  const writes = [1, 2].map((cameras) => writeEdgeSettings(records, handClock(1), NORTH, { cameras }));
  const results = await Promise.allSettled(writes);
  expect(results.filter(({ status }) => status === "rejected")).toEqual([
    { status: "rejected", reason: expect.objectContaining({ code: "RECORDS_CONFLICT" }) },
  ]);
});

test("settings have a size", async () => {
  const much = { text: "x".repeat(SETTINGS_BYTES_MAX) };
  await expect(writeEdgeSettings(await open(), handClock(1), NORTH, much)).rejects.toMatchObject({
    code: "SETTINGS_TOO_LARGE",
  });
});
