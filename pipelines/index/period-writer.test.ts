import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { packIds, unpackIds } from "./hour-counts.ts";
import type { Kept } from "./kept.ts";
import { periodAt } from "./period.ts";
import { PeriodReader } from "./period-reader.ts";
import { PeriodWriter } from "./period-writer.ts";

const AT_MS = Date.parse("2026-11-18T12:34:56.789Z");
const period = periodAt(365, AT_MS);
const EVERY_KEY = [0, Number.MAX_SAFE_INTEGER] as const;

/** Statements whose hashes begin alike want the same place. */
function statement(hash: string, revision = 0, terms = "_label_car"): Kept {
  const occurrence = `${AT_MS.toString(16).padStart(12, "0")}${hash.padEnd(20, "0")}`;
  return { occurrence, revision, tags: terms, words: "слово", body: Uint8Array.of(revision) };
}

function makeFile() {
  const folder = mkdtempSync(join(tmpdir(), "yardline-period-"));
  const path = join(folder, "a.sqlite");
  const writer = new PeriodWriter(path, period.from_ms);
  const reader = PeriodReader.open(path, period);
  if (!reader) throw new Error("The writer has not made its file.");
  onTestFinished(() => {
    reader.close();
    writer.close();
    rmSync(folder, { recursive: true });
  });
  const found = (order: "ASC" | "DESC" = "ASC") =>
    [...reader.looking(() => reader.hits({ fts: '"слово"' }, EVERY_KEY, order))].map(
      ({ occurrence, revision }) => `${occurrence.slice(12, 18)}.${revision}`,
    );
  return { writer, reader, found };
}

test("events that want the same place each have one, and come in the order of their names", () => {
  const { writer, reader, found } = makeFile();
  const alike = ["fff3", "fff1", "0001", "fff2", "0002", "ffe"].map((hash) => statement(hash));
  for (const each of alike) expect(writer.put([each])).toEqual(["written"]);
  expect(writer.put(alike.toReversed())).toEqual(Array(6).fill("kept"));
  const names = ["000100.0", "000200.0", "ffe000.0", "fff100.0", "fff200.0", "fff300.0"];
  expect(found()).toEqual(names);
  expect(found("DESC")).toEqual(names.toReversed());
  for (const { occurrence, revision } of alike)
    expect(reader.find(occurrence)).toMatchObject({ occurrence, revision });
});

test("of one batch each occurrence is written once, as its highest revision says", () => {
  const { writer, found } = makeFile();
  const batch = [statement("a", 1), statement("b"), statement("a", 0), statement("a", 3), statement("a", 3)];
  expect(writer.put(batch)).toEqual(["written", "written", "kept", "written", "kept"]);
  expect(found()).toEqual(["a00000.3", "b00000.0"]);
});

test("a millisecond has 4096 places; what finds none is refused, and the rest is not", () => {
  const { writer, found } = makeFile();
  const hashOf = (n: number) => (n < 4_096 ? n.toString(16).padStart(3, "0") : `fff${n - 4_095}`);
  const many = Array.from({ length: 4_100 }, (_, n) => statement(hashOf(n)));
  const results = writer.put(many);
  expect(results.filter((result) => result === "written")).toHaveLength(4_096);
  expect(results.filter((result) => typeof result === "object")).toEqual(
    Array(4).fill({ refused: expect.stringMatching(/4096/) }),
  );
  expect(writer.put([statement(hashOf(5), 1)])).toEqual(["written"]);
  expect(found()).toHaveLength(4_096);
});

test("the counts of hours follow revisions, withdrawal and erasure", () => {
  const { writer, reader } = makeFile();
  const hour = Math.floor(AT_MS / 3_600_000);
  const counts = () => [undefined, "_label_car", "_label_bus"].map((tag) => reader.hourCounter(tag)(hour));
  writer.put([statement("a"), statement("b"), statement("c")]);
  expect(counts()).toEqual([3, 3, 0]);
  writer.put([
    statement("a", 1, "_label_car _label_bus"),
    statement("b", 1, ""),
    statement("c", 1, "_label_bus"),
  ]);
  expect(counts()).toEqual([2, 1, 2]);
  writer.erase([statement("a").occurrence, statement("d").occurrence]);
  expect(counts()).toEqual([1, 0, 1]);
  expect(reader.listTags("label")).toEqual(new Map([[expect.any(Number), "_label_bus"]]));
  writer.put([statement("e", 0, "_label_car")]);
  expect(counts()).toEqual([2, 1, 1]);
});

test("a period that is put in order answers as before", () => {
  const { writer, found } = makeFile();
  for (let n = 0; n < 40; n++) writer.put([statement(`${n}`.padStart(2, "0"))]);
  const before = found();
  let steps = 0;
  while (writer.settle(steps > 0)) steps++;
  expect(steps).toBeGreaterThan(0);
  expect(writer.settle(false)).toBe(false);
  expect(found()).toEqual(before);
  writer.put([statement("fe")]);
  expect(found()).toEqual([...before, "fe0000.0"]);
});

test("ids come back as they were packed", () => {
  const ids = fc.array(fc.integer({ min: 1, max: 2 ** 40 }));
  fc.assert(
    fc.property(ids, (some) => {
      expect(unpackIds(packIds(some))).toEqual(some);
    }),
  );
});

test("while somebody holds the file as it was, erasing is not called done", { timeout: 20_000 }, () => {
  const { writer, reader, found } = makeFile();
  writer.put([statement("a"), statement("b")]);
  const look = reader.looking(() => reader.hits("all", EVERY_KEY, "ASC"));
  look.next();
  const { occurrence } = statement("a");
  expect(() => writer.erase([occurrence])).toThrow(
    expect.objectContaining({ code: "INDEX_UNAVAILABLE", retryable: true }),
  );
  look.return(undefined);
  writer.erase([occurrence]);
  expect(found()).toEqual(["b00000.0"]);
});
