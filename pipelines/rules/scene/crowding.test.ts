import { expect, test } from "vitest";
import { crowding } from "./crowding.ts";
import { told, type Visit, watch } from "./testing.ts";

const at = (x: number, from_s: number, to_s: number): Visit => ({ from_s, to_s, feetAt: () => [x, 0.8] });

test("enough of them for long enough are one crowd, however they come and go; it names nobody", () => {
  const visits = [at(0.2, 0, 60), at(0.4, 0, 60), at(0.6, 10, 30), at(0.8, 12, 20), at(0.7, 33, 50)];
  const findings = watch(crowding, visits, 80, { count_min: 3, after_s: 5, release_s: 8 });
  expect(told(findings)).toEqual(["opened 15.2", "closed 61 left"]);
  expect(findings[1]?.data).toMatchObject({
    since_ms: 10_200,
    until_ms: 53_000,
    facts: { label: "person", count_max: 4, threshold: 3 },
    shown: { best: { box: { left: expect.closeTo(0.15), right: expect.closeTo(0.85) } } },
  });
  expect(findings[1]?.data.track).toBeUndefined();
});

test("a short moment with enough of them is none", () => {
  const visits = [at(0.2, 0, 60), at(0.4, 0, 60), at(0.6, 10, 11)];
  expect(watch(crowding, visits, 80, { count_min: 3, after_s: 5 })).toEqual([]);
});
