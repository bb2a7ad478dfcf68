import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Condition, Field } from "./condition.ts";
import { openEmbeddedIndex } from "./embedded.ts";
import { Oracle } from "./oracle.ts";
import { everyStatement, statementOf } from "./scenes.ts";
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

test("each class and period has a file of its own", async () => {
  const folder = await makeFolder();
  const index = await openEmbeddedIndex({ folder });
  await index.put(everyStatement);
  await index.close();
  expect((await readdir(folder)).toSorted()).toEqual([
    "365d-2026.11.02.sqlite",
    "365d-2026.11.09.sqlite",
    "365d-2026.11.16.sqlite",
    "365d-2026.11.23.sqlite",
    "erased.sqlite",
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
])("%s as the newest gives one clear error", async ([, content = ""]) => {
  const folder = await makeFolder();
  await writeFile(join(folder, "365d-2026.11.16.sqlite"), content);
  await expect(openEmbeddedIndex({ folder })).rejects.toMatchObject({
    code: expect.stringMatching(/^STORE_(DAMAGED|FOREIGN)$/),
    message: expect.stringContaining("365d-2026.11.16.sqlite"),
  });
});

test("an older week that is damaged is missing from answers, which say so, and everything else goes on", async () => {
  const folder = await makeFolder();
  const first = await openEmbeddedIndex({ folder });
  await first.put(everyStatement);
  const all = await searchAll(first, {});
  await first.close();
  const damaged = "365d-2026.11.16";
  await writeFile(join(folder, `${damaged}.sqlite`), `SQLite format 3\0${"\u0001".repeat(9000)}`);

  const index = await openEmbeddedIndex({ folder });
  const [from_ms, to_ms] = [Date.parse("2026-11-16"), Date.parse("2026-11-23")];
  const isLost = ({ time }: { time: string }) => Date.parse(time) >= from_ms && Date.parse(time) < to_ms;
  const rest = all.filter((event) => !isLost(event));
  expect(rest.length).toBeLessThan(all.length);
  expect(await index.search({}, { limit: 200 })).toEqual({ events: rest, unreadable: [damaged] });
  expect(await index.count({})).toEqual({ value: rest.length, exact: false });
  expect(await index.search({ to_ms: from_ms }, { limit: 200 })).not.toHaveProperty("unreadable");
  // Where something would be wrong rather than missing, and where it would be lost, it is refused by name.
  const refusal = { code: "STORE_DAMAGED", message: expect.stringContaining(damaged) };
  await expect(index.histogram({ from_ms, to_ms }, { every: "day", timezone: "UTC" })).rejects.toMatchObject(
    refusal,
  );
  await expect(index.scan({ limit: 200 })).rejects.toMatchObject(refusal);
  const [lost] = all.filter(isLost);
  await expect(index.put([lost ?? statementOf(0, 0)])).rejects.toMatchObject(refusal);
  expect(await index.put([statementOf(0, 0)])).toEqual(["kept"]);
  await index.close();
});

test("a folder of the first release is named, and told how to carry it over", async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, "2026-11-16.sqlite"), "");
  await expect(openEmbeddedIndex({ folder })).rejects.toMatchObject({
    code: "STORE_FORMAT",
    message: expect.stringMatching(/2026-11-16\.sqlite.*\.\/yardline upgrade/),
  });
});

test("an event that is nested too deep is refused, and the rest of its batch is not", async () => {
  const index = await openEmbeddedIndex({ folder: await makeFolder() });
  const deep = JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`);
  const odd = { ...statementOf(2, 0), data: { deep } };
  expect(await index.put([odd, statementOf(1, 0)])).toEqual([
    { refused: expect.stringMatching(/deeper/) },
    "written",
  ]);
  expect(await index.get(odd.occurrence)).toBeUndefined();
  await index.close();
});

test("questions that ask for much are answered", async () => {
  const index = await openEmbeddedIndex({ folder: await makeFolder() });
  await index.put(everyStatement);
  const names = Array.from({ length: 50 }, (_, n) => `name ${n}`);
  const is = (field: Field, ...values: string[]): Condition => ({
    op: "is",
    field,
    values: [...names, ...values],
  });
  const much: Condition[] = [
    { op: "all", of: [is("source", "feed/town"), is("route", "7"), is("stop", "s")] },
    { op: "words", text: "1" },
    { op: "words", text: "щ".repeat(200) },
    { op: "words", text: "x1".repeat(200) },
    { op: "any", of: Array.from({ length: 400 }, (_, n) => ({ op: "words", text: `слово${n}` }) as const) },
    Array.from({ length: 19 }).reduce<Condition>((of) => ({ op: "not", of }), { op: "words", text: "bus" }),
  ];
  const oracle = new Oracle();
  oracle.put(everyStatement);
  for (const where of much) expect(await searchAll(index, { where })).toEqual(oracle.search({ where }));
  await index.close();
});
