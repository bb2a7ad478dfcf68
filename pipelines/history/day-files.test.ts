import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { clearLeftOvers, daysFolder, listDayFiles, nextDayFile } from "./day-files.ts";

async function folderWith(...names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-days-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  clearLeftOvers(folder);
  for (const name of names) await writeFile(join(daysFolder(folder), name), "");
  return folder;
}

test("the newest generation of each day counts, oldest day first", async () => {
  const folder = await folderWith(
    "20261121.2.parquet",
    "20261121.10.parquet",
    "20261101.1.parquet",
    "20261121.11.parquet.part",
    "notes.txt",
  );
  expect(listDayFiles(folder).map(({ service_date, generation }) => `${service_date} ${generation}`)).toEqual(
    ["20261101 1", "20261121 10"],
  );
  expect([nextDayFile(folder, "20261121").generation, nextDayFile(folder, "20261122").generation]).toEqual([
    11, 1,
  ]);
});

test("what a crash left is cleared away, and nothing else", async () => {
  const folder = await folderWith(
    "20261121.1.parquet",
    "20261121.2.parquet",
    "20261122.1.parquet.part",
    "notes.txt",
  );
  clearLeftOvers(folder);
  expect((await readdir(daysFolder(folder))).toSorted()).toEqual(["20261121.2.parquet", "notes.txt"]);
});

test("a folder that is not there has no days", () => {
  expect(listDayFiles(join(tmpdir(), "no-such-folder"))).toEqual([]);
});
