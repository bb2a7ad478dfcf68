import fc from "fast-check";
import { expect, test } from "vitest";
import { holdOrder, NOTHING, neighbourOf } from "./held-order.ts";

const READING = { reading: true };

test("what is new waits while somebody reads, and comes when they look", () => {
  const first = holdOrder(NOTHING, ["b", "a"], READING);
  expect(first).toEqual({ shown: ["b", "a"], waiting: [] });
  const then = holdOrder(first, ["d", "c", "b", "a"], READING);
  expect(then).toEqual({ shown: ["b", "a"], waiting: ["d", "c"] });
  expect(holdOrder(then, ["d", "c", "b", "a"], { reading: false })).toEqual({
    shown: ["d", "c", "b", "a"],
    waiting: [],
  });
});

test("what grew graver stays in its place, what is gone leaves it", () => {
  const first = { shown: ["c", "b", "a"], waiting: [] };
  expect(holdOrder(first, ["a", "c"], READING)).toEqual({ shown: ["c", "a"], waiting: [] });
});

test("events that became an incident stay where they were", () => {
  const moved = new Map([["b", "incident 1"]]);
  const first = { shown: ["c", "b", "a"], waiting: [] };
  expect(holdOrder(first, ["incident 1", "c", "a"], { reading: true, moved }).shown).toEqual([
    "c",
    "incident 1",
    "a",
  ]);
});

test("no reader ever sees two things change places, and nothing is lost", () => {
  const keys = fc.uniqueArray(fc.constantFrom(..."abcdefgh"));
  fc.assert(
    fc.property(keys, keys, (before, current) => {
      const { shown, waiting } = holdOrder({ shown: before, waiting: [] }, current, READING);
      expect([...shown, ...waiting].toSorted()).toEqual(current.toSorted());
      if (before.length > 0) expect(shown).toEqual(before.filter((key) => current.includes(key)));
    }),
  );
});

test("from one to the next, and no further than the ends", () => {
  const keys = ["a", "b", "c"];
  expect([neighbourOf(keys, undefined, 1), neighbourOf(keys, "gone", -1)]).toEqual(["a", "a"]);
  expect([neighbourOf(keys, "a", 1), neighbourOf(keys, "c", 1), neighbourOf(keys, "a", -1)]).toEqual([
    "b",
    "c",
    "a",
  ]);
  expect(neighbourOf([], "a", 1)).toBeUndefined();
});
