import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findHolds, holdRecording, releaseHold } from "./holds.ts";
import { openSqliteRecords } from "./sqlite.ts";

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
  expect(await findHolds(records)).toEqual([hold]);
  await records.write([{ kind: "hold", id: "h2", value: { camera: "yard" } }]);
  await expect(findHolds(records)).rejects.toMatchObject({ code: "RECORDS_REFUSED" });
});

test("a hold says why and by whom, is made once, and is there until it is released", async () => {
  const records = await openRecords();
  const hold = {
    ...{ camera: "yard", from_ms: 1_000, to_ms: 2_000, reason: "asked for by the police", held_by: "olena" },
    held_at_ms: 5_000,
  };
  await holdRecording(records, "h1", hold);
  expect(await findHolds(records)).toEqual([hold]);
  await expect(holdRecording(records, "h1", hold)).rejects.toMatchObject({ code: "RECORDS_CONFLICT" });
  for (const wrong of [{ to_ms: 1_000 }, { reason: "" }, { camera: "" }]) {
    await expect(holdRecording(records, "h2", { ...hold, ...wrong })).rejects.toMatchObject({
      code: "HOLD_WRONG",
    });
  }
  await releaseHold(records, "h1");
  await releaseHold(records, "h1");
  expect(await findHolds(records)).toEqual([]);
});
