import type { Polygon } from "@yardline/domain/camera";
import { momentsOf, type Visit } from "@yardline/rules/scene/testing";
import { expect, test } from "vitest";
import { Observing } from "./observe.ts";
import { linesOf } from "./suggest.ts";

const LEFT: Polygon = [
  [0, 0],
  [0.5, 0],
  [0.5, 1],
  [0, 1],
];

function observe(visits: readonly Visit[], until_s: number) {
  const observing = new Observing(new Map([["left", LEFT]]));
  for (const { at_ms, tracks } of momentsOf(visits, until_s)) observing.take(at_ms, tracks);
  return observing.end();
}

/** Goes through the left half and out on the right, at half a picture in six seconds. */
const passes = (from_s: number, different: Partial<Visit> = {}): Visit => ({
  from_s,
  to_s: from_s + 12,
  feetAt: (t_s) => [(t_s - from_s) / 12, 0.8],
  ...different,
});

test("what is seen in a zone is stays of people, stands of vehicles, and how many there were at once", () => {
  const parks: Visit = {
    from_s: 10,
    to_s: 60,
    label: "car",
    size: [0.2, 0.1],
    feetAt: (t_s) => [Math.max(0.2, 0.4 - (t_s - 10) / 20), 0.9],
  };
  const { lasted_s, seen, zones } = observe([passes(0), passes(3), parks], 70);
  expect(lasted_s).toBe(70);
  expect(seen.map(({ label, sightings }) => `${label} ${sightings}`)).toEqual([
    "person 61",
    "person 61",
    "car 251",
  ]);
  const left = zones.get("left");
  expect([left?.stays_s, left?.stands_s]).toEqual([[5.6, 5.6], [46.2]]);
  expect(left?.at_once_s.slice(0, 4).map(Math.round)).toEqual([61, 6, 3, 0]);
});

test("steps out of the zone that are shorter than five seconds do not end a stay", () => {
  const strays = (back_s: number): Visit => ({
    from_s: 0,
    to_s: 30,
    feetAt: (t_s) => [t_s > 10 && t_s < back_s ? 0.7 : 0.3, 0.8],
  });
  expect(observe([strays(14)], 40).zones.get("left")?.stays_s).toEqual([29.8]);
  expect(observe([strays(20)], 40).zones.get("left")?.stays_s).toEqual([9.8, 10]);
});

test("what is suggested says what it rests on and what it would have done", () => {
  const people = Array.from({ length: 40 }, (_, at) => passes(at * 8, { score: at % 2 === 0 ? 0.62 : 0.7 }));
  const dreamt = { from_s: 100, to_s: 100.4, score: 0.42, feetAt: () => [0.9, 0.3] as const };
  expect(linesOf(observe([...people, dreamt], 340))).toEqual([
    "340 s watched, 41 tracks. What is rarer than that is not in it.",
    "score of a person: score_min: { person: 0.6 }",
    "    best scores of 40: 5 % 0.62, half 0.62, 95 % 0.7, most 0.7; of doubtful ones 1: 5 % 0.42, half 0.42, 95 % 0.42, most 0.42",
    "    lets in 40 of 40 who surely were there, 0 of 1 doubtful",
    "height of a person: height_min: { person: 0.24 }",
    "    largest heights of 40: 5 % 0.3, half 0.3, 95 % 0.3, most 0.3",
    "    lets in 40 of 40 who surely were there, 1 of 1 doubtful",
    "loitering, zone left: rule: loitering, after_s: 10",
    "    stays of people, 40: 5 % 5.6 s, half 5.6 s, 95 % 5.6 s, most 5.6 s",
    "    would have been raised 0 times",
    "crowding, zone left: rule: crowding, count_min: 2, after_s: 10",
    "    people at once: half the time up to 1, 95 % of it 1, 99 % 1, most 1",
    "    would have been raised 0 times",
  ]);
});

test("of four nothing is suggested, and of ten it is said that they are few", () => {
  const walk = (count: number) => Array.from({ length: count }, (_, at) => passes(at * 20));
  expect(linesOf(observe(walk(4), 100)).filter((line) => line.includes("loitering"))).toEqual([
    "loitering, zone left: no suggestion",
  ]);
  expect(linesOf(observe(walk(10), 220))).toContain("    rests on 10 only: try a longer recording");
  expect(linesOf(observe([], 1))).toEqual(["1 s watched, 0 tracks. What is rarer than that is not in it."]);
});
