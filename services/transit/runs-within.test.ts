import { smallTownTimetable } from "@yardline/timetable/testing";
import { endOf, startOf } from "@yardline/timetable/timetable";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runsWithin } from "./runs-within.ts";

const timetable = await smallTownTimetable();
const DAY = "20260601";
const NOON_MS = Date.parse("2026-06-01T12:00:00+03:00");

test("every run that is under way in a time is among them, and none that begins after it", () => {
  const minute = fc.integer({ min: -900, max: 900 });
  fc.assert(
    fc.property(minute, minute, (a, b) => {
      const [from_ms, to_ms] = [Math.min(a, b), Math.max(a, b)].map((min) => NOON_MS + min * 60_000) as [
        number,
        number,
      ];
      for (const pattern of timetable.patterns) {
        const runs = timetable.listRunsOn(pattern, DAY);
        const found = runsWithin(runs, { from_ms, to_ms });
        expect(found).toEqual(found.toSorted((one, other) => startOf(one) - startOf(other)));
        const under_way = runs.filter((run) => startOf(run) <= to_ms && endOf(run) >= from_ms);
        expect(under_way.filter((run) => !found.includes(run))).toEqual([]);
        expect(found.filter((run) => startOf(run) > to_ms)).toEqual([]);
      }
    }),
  );
  expect(runsWithin([], { from_ms: 0, to_ms: 1 })).toEqual([]);
});
