import { expect, test } from "vitest";
import { type Deletion, dropDeletions, leaveDeletions, listDeletions } from "./deletions.ts";
import { memoryRecords } from "./memory.ts";

const OWN = { tenant: "town", edge: "" };
const NORTH = { tenant: "town", edge: "north" };
const at = (at_ms: number): Deletion => ({
  id: `d${at_ms}`,
  at_ms,
  object: { kind: "camera", id: "yard" },
  details: { rule: "camera-time", things: 7 },
});

test("what was left is given to the log of its own tenant, the oldest first, until it is taken away", async () => {
  const records = memoryRecords();
  await leaveDeletions(records, OWN, [at(2), at(1)]);
  await leaveDeletions(records, { tenant: "other", edge: "" }, [at(3)]);
  const left = await listDeletions(records, "town");
  expect(left.map(({ edge, deletion }) => [edge, deletion])).toEqual([
    ["", at(1)],
    ["", at(2)],
  ]);
  await dropDeletions(records, left.slice(0, 1));
  expect((await listDeletions(records, "town")).map(({ deletion }) => deletion.at_ms)).toEqual([2]);
  expect(await listDeletions(records, "other")).toHaveLength(1);
});

test("what is said twice is one deletion, and boxes that choose the same name have two", async () => {
  const records = memoryRecords();
  for (const whose of [NORTH, NORTH, { tenant: "town", edge: "south" }]) {
    expect(await leaveDeletions(records, whose, [at(1)])).toEqual([at(1)]);
  }
  expect((await listDeletions(records, "town")).map(({ row }) => row)).toEqual([
    "town/north/d1",
    "town/south/d1",
  ]);
});
