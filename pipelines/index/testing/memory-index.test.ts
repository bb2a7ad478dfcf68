import { expect, test } from "vitest";
import type { EventIndex } from "../event-index.ts";
import { Oracle } from "../oracle.ts";
import { compareIndexes, describeEventIndex } from "../testing.ts";
import { memoryIndex } from "./memory-index.ts";

describeEventIndex("the list that the suite compares with", async () => {
  const oracle = new Oracle();
  return { open: async () => memoryIndex([], oracle), remove: async () => undefined };
});

test("two indexes that work alike agree over a year", async () => {
  const { found } = await compareIndexes(memoryIndex(), memoryIndex(), {
    statements: 2_000,
    questions: 60,
    seed: 4,
  });
  expect(found).toBeGreaterThan(1_000);
});

test("two that differ by one event do not", async () => {
  const blind: EventIndex = memoryIndex();
  const put: EventIndex["put"] = (events) =>
    blind.put(events.filter(({ occurrence }) => !occurrence.endsWith("7")));
  const compared = compareIndexes(
    memoryIndex(),
    { ...blind, put },
    { statements: 500, questions: 20, seed: 4 },
  );
  await expect(compared).rejects.toThrow("to deeply equal");
});
