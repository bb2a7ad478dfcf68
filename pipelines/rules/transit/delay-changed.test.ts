import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { delayChanged } from "./delay-changed.ts";
import { findingsOf, lineOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const run = runOf(timetable, "east-08:00", "20260601");
const trip_id = "east-08:00";

/** Lateness in seconds while the vehicle drives each hop of the avenue. */
function changes(...lateness_s: readonly number[]) {
  const fixes = lateness_s.flatMap((late_s, hop) =>
    drive(run, { late_s, trip_id }).slice(15 * hop + 1, 15 * hop + 16),
  );
  return findingsOf(network, delayChanged, fixes).map(lineOf);
}

test.for([
  ["on time all the way", [0, 20, -20, 60], []],
  [
    "late from the first stop on, told once",
    [240, 260, 250, 240],
    ["east-1 closed delay_before_s 0 delay_s 240"],
  ],
  [
    "late, then very late, then caught up",
    [240, 700, 700, 100],
    [
      "east-1 closed delay_before_s 0 delay_s 240",
      "east-2 closed delay_before_s 240 delay_s 700",
      "east-4 closed delay_before_s 700 delay_s 100",
    ],
  ],
  ["early", [-100, -100, -100, -100], ["east-1 closed delay_before_s 0 delay_s -100"]],
  ["at the edge of late: nothing flickers", [190, 170, 195, 175], []],
] as const)("%s", ([, lateness_s, expected]) => {
  expect(changes(...lateness_s)).toEqual(expected);
});

test("very late is a notice", () => {
  const found = findingsOf(network, delayChanged, drive(run, { late_s: 900, trip_id }));
  expect(found.map(({ severity }) => severity)).toEqual(["notice"]);
});
