import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findHolds, HOLD_KIND } from "./holds.ts";
import { openSqliteRecords } from "./sqlite.ts";

test("holds are rows of the records; one that cannot be read is an error, for it may hold anything", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-holds-"));
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  const hold = { camera: "yard", from_ms: 1_000, to_ms: 2_000 };
  await records.write([{ kind: HOLD_KIND, id: "h1", value: hold }]);
  expect(await findHolds(records)).toEqual([hold]);
  await records.write([{ kind: HOLD_KIND, id: "h2", value: { camera: "yard" } }]);
  await expect(findHolds(records)).rejects.toMatchObject({ code: "RECORDS_REFUSED" });
});
