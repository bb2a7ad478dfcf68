import { expect, test } from "vitest";
import { fallLike } from "./fall-like.ts";
import { boxOn, told, type Visit, watch } from "./testing.ts";

/** Upright, then flat for so long, then upright again. */
const falls = (lies_s: number): Visit => ({
  from_s: 0,
  to_s: 30,
  boxAt: (t_s) => boxOn([0.5, 0.8], t_s >= 10 && t_s < 10 + lies_s ? [0.3, 0.1] : [0.1, 0.3]),
});

test("one who becomes flat and stays so is raised once, marked experimental", () => {
  const findings = watch(fallLike, [falls(12)], 40);
  expect(told(findings)).toEqual(["opened 14 t0", "closed 22 t0 left"]);
  expect(findings[0]?.data.facts).toEqual({
    label: "person",
    score: 0.8,
    shape_share: 0.11,
    still_s: 4,
    experimental: true,
  });
});

test("one who stoops for a moment is not", () => {
  expect(watch(fallLike, [falls(2)], 40)).toEqual([]);
});
