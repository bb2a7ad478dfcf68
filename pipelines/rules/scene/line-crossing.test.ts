import fc from "fast-check";
import { expect, test } from "vitest";
import { lineCrossing } from "./line-crossing.ts";
import { type Visit, watch } from "./testing.ts";

/** Down the middle of the picture, half its height; inside is to the right of one who walks down: the picture's left. */
const line = {
  points: [
    [0.5, 0.25],
    [0.5, 0.95],
  ],
  into: "right",
} as const;
const GATE = { zone: "gate", line };

const crossingsOf = (visits: readonly Visit[], until_s: number, options = {}) =>
  watch(lineCrossing, visits, until_s, options, GATE).map(
    ({ at_ms, data }) =>
      `${at_ms / 1000} ${data.track} ${data.facts["direction"]} ${data.facts["hour_in"]}/${data.facts["hour_out"]}`,
  );

const leftwards = (t_s: number) => [0.9 - t_s / 10, 0.8] as const;

test("a crossing is told once, with its direction and the counts of the hour", () => {
  const back = (t_s: number) => [0.1 + t_s / 10, 0.8] as const;
  const visits = [
    { from_s: 0, to_s: 8, feetAt: leftwards },
    { from_s: 0, to_s: 9, feetAt: back },
    { from_s: 0.4, to_s: 9, feetAt: leftwards },
  ];
  expect(crossingsOf(visits, 12)).toEqual(["4.2 t0 in 1/0", "4.2 t1 out 1/1", "4.2 t2 in 2/1"]);
});

test("only one direction is told where one is asked for; both are counted", () => {
  const visits = [{ from_s: 0, to_s: 8, feetAt: leftwards }];
  expect(crossingsOf(visits, 12, { direction: "out" })).toEqual([]);
});

test("who trembles on the line does not cross, who turns back before it neither", () => {
  const trembles = (t_s: number) => [0.5 + (Math.round(t_s * 5) % 2 ? 0.01 : -0.01), 0.8] as const;
  const turns = (t_s: number) => [0.52 + Math.abs(t_s - 5) / 20, 0.8] as const;
  expect(
    crossingsOf(
      [
        { from_s: 0, to_s: 20, feetAt: trembles },
        { from_s: 0, to_s: 10, feetAt: turns },
      ],
      25,
    ),
  ).toEqual([]);
});

test("who goes around the end of the line does not cross it", () => {
  // From right to left above the line's upper end, where the foot never touches it.
  const above = (t_s: number) => [0.9 - t_s / 10, 0.15] as const;
  expect(crossingsOf([{ from_s: 0, to_s: 8, feetAt: above, size: [0.05, 0.1] }], 12)).toEqual([]);
});

test("whatever the way, crossings of one object go in and out by turns", () => {
  const steps = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.3, max: 0.9, noNaN: true })),
    {
      minLength: 5,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(steps, (way) => {
      const feetAt = (t_s: number) => way[Math.round(t_s * 5) % way.length] ?? [0, 0.5];
      const found = watch(lineCrossing, [{ from_s: 0, to_s: 8, feetAt }], 8, {}, GATE);
      const ways = found.map(({ data }) => data.facts["direction"]);
      expect(ways.every((way, at) => way !== ways[at - 1])).toBe(true);
    }),
  );
});

test("a new hour counts anew", () => {
  const again = (t_s: number) => [t_s < 3599 ? 0.9 - t_s / 10_000 : 0.1, 0.8] as const;
  const visits = [
    { from_s: 3590, to_s: 3600, feetAt: (t_s: number) => [t_s < 3595 ? 0.9 : 0.1, 0.8] as const },
    { from_s: 3600, to_s: 3610, feetAt: (t_s: number) => [t_s < 3605 ? 0.9 : 0.1, 0.8] as const },
    { from_s: 0, to_s: 1, feetAt: again },
  ];
  expect(crossingsOf(visits, 3612)).toEqual(["3595 t0 in 1/0", "3605 t1 in 1/0"]);
});
