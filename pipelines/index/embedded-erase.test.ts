import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { YardlineEvent } from "@yardline/events/event";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { ErasedFile } from "./erased-file.ts";
import { everyStatement, stayAt } from "./scenes.ts";

const SNAPSHOT = "7a11bead-c0de-4bad-9f00-d15ea5e0ca7e";
/** In the forms in which they may lie on a disk. */
const MARKS = [
  Buffer.from("квазимаркер"),
  Buffer.from("псевдомітка"),
  Buffer.from("zebrawort"),
  Buffer.from(SNAPSHOT.replaceAll("-", ""), "hex"),
];

/** A stay with words that are nowhere else: its first revision says others than its last. */
function marked(revision: number): YardlineEvent {
  const event = stayAt(Date.parse("2026-11-10T08:00:00Z"));
  const zone = revision === 0 ? "квазимаркер" : "псевдомітка";
  const data = { ...event.data, zone, rule: "zebrawort", snapshot: SNAPSHOT };
  return { ...event, id: `${event.occurrence}.${revision}`, revision, data };
}

async function marksIn(folder: string): Promise<boolean[]> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  const bytes = Buffer.concat(files);
  return MARKS.map((mark) => bytes.includes(mark));
}

test("nothing of an erased event is left in any file, nor of what it said before", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-erase-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const index = await openEmbeddedIndex({ folder });
  const others = everyStatement.filter(({ revision }) => revision === 0);
  await index.put([...others.slice(0, 30), marked(0)]);
  await index.put([marked(1)]);
  await index.put(others.slice(30));
  expect(await marksIn(folder)).toEqual([true, true, true, true]);

  const { occurrence } = marked(0);
  await index.erase([occurrence]);
  // Also before it is closed: a reader with the file open keeps nothing back.
  expect(await marksIn(folder)).toEqual([false, false, false, false]);
  expect(await index.get(occurrence)).toBeUndefined();
  expect(await index.search({ where: { op: "words", text: "zebrawort" } }, { limit: 1 })).toEqual({
    events: [],
  });
  expect(await index.count({})).toEqual({ value: others.length, exact: true });
  await index.close();
  expect(await marksIn(folder)).toEqual([false, false, false, false]);
});

test("what a kill kept from being erased is erased at the next opening", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-erase-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { occurrence } = marked(0);
  const before = await openEmbeddedIndex({ folder });
  await before.put([marked(0), ...everyStatement.slice(0, 4)]);
  await before.close();
  // The names are noted first; the process is killed before it comes to the files.
  const erased = new ErasedFile(folder);
  erased.add([occurrence]);
  erased.close();

  const after = await openEmbeddedIndex({ folder });
  expect(await after.get(occurrence)).toBeUndefined();
  expect(await after.put([marked(1)])).toEqual(["kept"]);
  await after.close();
  expect(await marksIn(folder)).toEqual([false, false, false, false]);
});
