import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { everyStatement } from "./scenes.ts";
import { describeEventIndex, searchAll } from "./testing.ts";

const makeFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-index-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

describeEventIndex("the embedded index", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-index-"));
  return { open: () => openEmbeddedIndex({ folder }), remove: () => rm(folder, { recursive: true }) };
});

test("each week has a file of its own", async () => {
  const folder = await makeFolder();
  const index = await openEmbeddedIndex({ folder });
  await index.put(everyStatement);
  await index.close();
  expect((await readdir(folder)).toSorted()).toEqual([
    "2026-11-02.sqlite",
    "2026-11-09.sqlite",
    "2026-11-16.sqlite",
    "2026-11-23.sqlite",
  ]);
});

test("many weeks are searched through with a bounded number of open files", async () => {
  const index = await openEmbeddedIndex({ folder: await makeFolder() });
  const [first] = everyStatement;
  const weekly = Array.from({ length: 40 }, (_, week) => {
    const at_ms = week * 7 * 86_400_000;
    const occurrence = at_ms.toString(16).padStart(12, "0") + "0".repeat(20);
    return { ...first, occurrence, id: `${occurrence}.0`, time: new Date(at_ms).toISOString() };
  });
  await index.put(weekly as typeof everyStatement);
  expect((await searchAll(index, {}, 7)).map(({ id }) => id)).toEqual(
    weekly.map(({ id }) => id).toReversed(),
  );
  await index.close();
});

test.for([
  ["a foreign file", "a letter to the mayor ".repeat(100)],
  ["a damaged file", `SQLite format 3\0${"\u0001".repeat(9000)}`],
])("%s gives one clear error", async ([, content = ""]) => {
  const folder = await makeFolder();
  await writeFile(join(folder, "2026-11-16.sqlite"), content);
  await expect(openEmbeddedIndex({ folder })).rejects.toMatchObject({
    code: expect.stringMatching(/^STORE_(DAMAGED|FOREIGN)$/),
    message: expect.stringContaining("2026-11-16.sqlite"),
  });
});
