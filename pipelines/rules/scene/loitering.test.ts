import { expect, test } from "vitest";
import { loitering } from "./loitering.ts";
import { told, type Visit, watch } from "./testing.ts";

const polygon: [number, number][] = [
  [0.4, 0],
  [0.6, 0],
  [0.6, 1],
  [0.4, 1],
];
const BENCH = { zone: "bench", polygon };

test("one who stays is raised once, when the time is over, with the numbers", () => {
  const findings = watch(loitering, [{ from_s: 1, to_s: 100 }], 120, { after_s: 60 });
  expect(told(findings)).toEqual(["opened 61 t0", "closed 103.2 t0 left"]);
  expect(findings.map(({ data }) => data.facts)).toEqual([
    { label: "person", score: 0.8, sightings: 301, stay_s: 60, threshold_s: 60 },
    { label: "person", score: 0.8, sightings: 496, stay_s: 99, threshold_s: 60 },
  ]);
});

test("one who passes through is not raised", () => {
  expect(watch(loitering, [{ from_s: 1, to_s: 50 }], 80, { after_s: 60 })).toEqual([]);
});

test("a short step out of the zone does not begin the time anew, a long one does", () => {
  const stepsOut = (from_s: number, to_s: number): Visit => ({
    from_s: 0,
    to_s: 90,
    feetAt: (t_s) => [t_s > from_s && t_s < to_s ? 0.9 : 0.5, 0.8],
  });
  const options = { after_s: 60, away_max_s: 5 };
  expect(told(watch(loitering, [stepsOut(30, 34)], 95, options, BENCH))).toEqual([
    "opened 60 t0",
    "closed 93.2 t0 left",
  ]);
  expect(told(watch(loitering, [stepsOut(30, 40)], 95, options, BENCH))).toEqual([]);
});

test("one who stands so still that nobody looks again is raised at the same time", () => {
  const rule = loitering.use(
    { ...loitering.defaults, after_s: 60 },
    { zone: "all", aspect: 1, timezone: "UTC" },
  );
  const last = {
    label: "person",
    score: 0.8,
    box: { left: 0.4, right: 0.5, top: 0.4, bottom: 0.8 },
  } as const;
  const still = {
    id: "t0",
    label: "person",
    opened_at_ms: 0,
    seen_at_ms: 10_000,
    last,
    sightings: 9,
  } as const;
  const at = (at_ms: number, seen_at_ms: number) =>
    rule.take({ at_ms, tracks: [{ ...still, seen_at_ms, state: "confirmed" }] });
  at(0, 0);
  expect(at(59_800, 10_000)).toEqual([]);
  expect(at(60_000, 10_000)).toMatchObject([{ state: "opened", data: { facts: { stay_s: 60 } } }]);
});
