import { expect, test } from "vitest";
import { presence } from "./presence.ts";
import { boxOn, findingsOf, momentsOf, type Visit, watch } from "./testing.ts";

const STRICT = { score_still_min: 0.5, sightings_min: 3, evidence_min: 1.1 };

test("a stay opens at its third sighting, dated from its first, and closes dated to its last", () => {
  const box = boxOn([0.5, 0.8]);
  const whole = { track: "t0", since_ms: 1000 };
  const best = { at_ms: 1000, box, score: 0.8 };
  const facts = { label: "person", score: 0.8 };
  expect(watch(presence, [{ from_s: 1, to_s: 4 }], 10, STRICT)).toEqual([
    {
      state: "opened",
      at_ms: 1400,
      key: "t0@1000",
      data: {
        ...whole,
        until_ms: 1400,
        shown: { last: { ...best, at_ms: 1400 }, best },
        facts: { ...facts, sightings: 3 },
      },
    },
    {
      state: "closed",
      at_ms: 7200,
      key: "t0@1000",
      data: {
        ...whole,
        until_ms: 4000,
        shown: { last: { ...best, at_ms: 4000 }, best },
        facts: { ...facts, sightings: 16 },
        ended: "left",
      },
    },
  ]);
});

test.each([
  { score: 0.9, opened_s: 1.2 },
  { score: 0.52, opened_s: 1.4 },
])("two clear sightings are enough, faint ones take a third: $score", ({ score, opened_s }) => {
  const [opened] = watch(presence, [{ from_s: 1, to_s: 4, score }], 10);
  expect(opened?.at_ms).toBe(opened_s * 1000);
});

test("a faint one that walks is believed, one that never moves is not", () => {
  const feetAt = (t_s: number) => [0.2 + t_s / 10, 0.8] as const;
  const faint: Visit = { from_s: 1, to_s: 4, score: 0.42 };
  expect(watch(presence, [{ ...faint, feetAt }], 10, STRICT)[0]).toMatchObject({ at_ms: 1600 });
  expect(watch(presence, [{ ...faint, to_s: 40 }], 50, STRICT)).toEqual([]);
});

test.each<{ name: string; visit: Visit }>([
  { name: "too faint all the time", visit: { from_s: 1, to_s: 4, score: 0.35 } },
  { name: "seen twice only", visit: { from_s: 1, to_s: 1.2 } },
])("$name: nothing", ({ visit }) => {
  expect(watch(presence, [visit], 10, STRICT)).toEqual([]);
});

test("who is there when watching ends is closed as lost", () => {
  expect(watch(presence, [{ from_s: 1, to_s: 60 }], 5)).toMatchObject([
    { state: "opened" },
    { state: "closed", at_ms: 5000, data: { until_ms: 5000, ended: "lost" } },
  ]);
});

test("in a zone a stay lasts from entering it to leaving it; coming back is another stay of the same track", () => {
  const polygon: [number, number][] = [
    [0.41, 0],
    [0.59, 0],
    [0.59, 1],
    [0.41, 1],
  ];
  // Through the zone from left to right, and back: inside while x is in (0.41, 0.59).
  const feetAt = (t_s: number) => [t_s <= 10 ? t_s / 10 : 2 - t_s / 10, 0.8] as const;
  const visit: Visit = { from_s: 0, to_s: 20, feetAt };
  expect(watch(presence, [visit], 30, STRICT, { zone: "gate", polygon })).toMatchObject([
    { state: "opened", data: { since_ms: 4200 } },
    { state: "closed", data: { since_ms: 4200, until_ms: 5800, ended: "left" } },
    { state: "opened", data: { since_ms: 14_200 } },
    { state: "closed", data: { since_ms: 14_200, until_ms: 15_800, ended: "left" } },
  ]);
});

test("the best sighting is the largest and surest one", () => {
  const heights = [0.1, 0.2, 0.4, 0.3, 0.39];
  const boxAt = (t_s: number) => boxOn([0.45, 0.9], [0.1, heights[Math.round(t_s * 5)] ?? 0.1]);
  const findings = findingsOf(presence, momentsOf([{ from_s: 0, to_s: 0.8, boxAt }], 0.8));
  expect(findings.map(({ data }) => data.shown?.best.at_ms)).toEqual([200, 400, 400, 400, 400]);
});
