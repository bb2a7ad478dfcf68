import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSqliteRecords } from "./sqlite.ts";
import { describeRecords } from "./testing.ts";

describeRecords("Records in SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-records-"));
  return {
    isShared: false,
    open: () => openSqliteRecords({ path: join(folder, "records.sqlite") }),
    remove: () => rm(folder, { recursive: true }),
  };
});

test("a file of something else is named, and left alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-records-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "records.sqlite");
  await writeFile(path, "kind,id\n".repeat(1000));
  await expect(openSqliteRecords({ path })).rejects.toMatchObject({
    code: "STORE_DAMAGED",
    message: expect.stringContaining(path),
  });
});
