import { expect, test } from "vitest";
import { Attention } from "./attention.ts";
import type { Watched } from "./watching.ts";

type Seen = readonly [after_ms: number, why: Watched["why"], detections?: Watched["detections"]];

/** Whether every picture was wanted after each of these. */
function activeAfter(seen: readonly Seen[]): readonly boolean[] {
  const attention = new Attention();
  expect(attention.active).toBe(true);
  return seen.map(([after_ms, why, detections]) => {
    attention.take({ at_ms: 1_700_000_000_000 + after_ms, why, detections, tracks: [] });
    return attention.active;
  });
}

const SOMEBODY = [
  { label: "person", score: 0.2, box: { left: 0, top: 0, right: 0.1, bottom: 0.1 } },
] as const;

test("every picture until three seconds after the last motion, and from the next motion on", () => {
  const why = ["first", "still", "still", "still", "sure", "moved", "expected", "still"] as const;
  expect(activeAfter(why.map((each, index) => [index * 1_000, each, SOMEBODY]))).toEqual([
    ...[true, true, true, false, false, true, true, true],
  ]);
});

test("for a second only where what moved was nothing; that ends no attention which something else brought", () => {
  expect(
    activeAfter([
      [0, "first", []],
      [3_000, "still"],
      [4_000, "moved", []],
      [4_800, "still"],
      [5_000, "still"],
      [6_000, "moved", SOMEBODY],
      [6_200, "moved", []],
      [8_800, "still"],
      [9_000, "still"],
    ]),
  ).toEqual([true, false, true, true, false, true, true, true, false]);
});
