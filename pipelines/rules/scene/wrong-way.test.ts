import { expect, test } from "vitest";
import { told, type Visit, watch } from "./testing.ts";
import { wrongWay } from "./wrong-way.ts";

/** The lane goes from left to right. */
const LANE = {
  zone: "lane",
  line: {
    points: [
      [0, 0.8],
      [1, 0.8],
    ],
    into: "right",
  },
} as const;
const car = (feetAt: NonNullable<Visit["feetAt"]>): Visit => ({
  label: "car",
  size: [0.1, 0.1],
  from_s: 0,
  to_s: 8,
  feetAt,
});
const judged = (visit: Visit) => watch(wrongWay, [visit], 12, {}, LANE);

test("one against the way is raised once, with how far and how much against", () => {
  const findings = judged(car((t_s) => [0.9 - t_s / 10, 0.8]));
  expect(told(findings)).toEqual(["opened 1.2 t0", "closed 11.2 t0 left"]);
  expect(findings[0]?.data.facts).toMatchObject({
    turned_deg: 180,
    travel_lengths: 1.6,
    threshold_lengths: 1.5,
  });
});

test("one that turns around is raised from its turning on", () => {
  const turns = judged(car((t_s) => [0.5 - Math.abs(t_s - 4) / 10, 0.8]));
  expect(turns[0]).toMatchObject({ state: "opened", data: { since_ms: 4000 } });
});

test.each<[string, NonNullable<Visit["feetAt"]>]>([
  ["the right way", (t_s) => [0.1 + t_s / 10, 0.8]],
  ["across", (t_s) => [0.5, 0.2 + t_s / 10]],
  ["rolling back a little", (t_s) => [0.5 - (t_s % 4) / 50, 0.8]],
])("%s: nothing", (_name, feetAt) => {
  expect(judged(car(feetAt))).toEqual([]);
});
