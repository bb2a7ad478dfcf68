import { expect, test } from "vitest";
import { Tally } from "./tally.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

test("whole hours in one bucket are told apart from what is cut by a bound or a bucket", () => {
  // Days that begin at a quarter past an hour, as in Kathmandu.
  const tally = new Tally([-8 * HOUR_MS, 15 * MINUTE_MS]);
  expect(tally.wholeHours({ from_ms: -HOUR_MS - 1, to_ms: 2 * HOUR_MS + 1 })).toEqual({
    hours: [-1, 1],
    parts: [
      { from_ms: -HOUR_MS - 1, to_ms: -HOUR_MS },
      { from_ms: 0, to_ms: HOUR_MS },
      { from_ms: 2 * HOUR_MS, to_ms: 2 * HOUR_MS + 1 },
    ],
  });
});

test("what is added in any order comes out by time and value, without what is empty", () => {
  const tally = new Tally([0, 100, 200, 300]);
  for (const [at_ms, value] of [
    [250, "b"],
    [99, "a"],
    [200, "a"],
    [1_000, "a"],
    [299, "b"],
  ] as const)
    tally.add(at_ms, 1, value);
  tally.add(100, 0, "none");
  expect(tally.buckets()).toEqual([
    { at_ms: 0, value: "a", count: 1 },
    { at_ms: 200, value: "a", count: 1 },
    { at_ms: 200, value: "b", count: 2 },
    { at_ms: 300, value: "a", count: 1 },
  ]);
});

test("too many looks are refused in words", () => {
  const tally = new Tally([0]);
  expect(() => {
    for (;;) tally.look();
  }).toThrow(
    expect.objectContaining({ code: "INDEX_QUERY", message: expect.stringMatching(/shorter time/) }),
  );
});
