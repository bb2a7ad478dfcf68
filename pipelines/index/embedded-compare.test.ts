import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { compareIndexes } from "./testing/compare.ts";
import { memoryIndex } from "./testing/memory-index.ts";

test("a year of a town, put in two orders, is found and counted as a list finds and counts it", {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-compare-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const index = await openEmbeddedIndex({ folder });
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { found } = await compareIndexes(memoryIndex(), index, { statements: 2_500, questions: 120, seed });
  expect(found).toBeGreaterThan(0);
  await index.close();
});
