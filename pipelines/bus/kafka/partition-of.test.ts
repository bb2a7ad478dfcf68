import { expect, test } from "vitest";
import { partitionOf } from "./partition-of.ts";

test("is the same in every release: records of a source never change their partition", () => {
  const found = ["camera/yard-1", "camera/yard-2", "feed/town", "tracker/7", "", "камера/двір"].map(
    (source) => partitionOf(source, 12),
  );
  expect(found).toEqual([10, 11, 8, 0, 10, 4]);
});

test("spreads many sources evenly", () => {
  const counts = new Map<number, number>();
  for (let n = 0; n < 12_000; n++) {
    const partition = partitionOf(`camera/yard-${n}`, 12);
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  expect(counts.size).toBe(12);
  expect(Math.min(...counts.values())).toBeGreaterThan(850);
});
