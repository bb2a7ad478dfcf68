import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { earlyDeparture } from "./early-departure.ts";
import { findingsOf, lineOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const trip_id = "east-08:00";
const run = runOf(timetable, trip_id, "20260601");

/** Lateness in seconds while the vehicle drives each hop of the avenue. */
const found = (...lateness_s: readonly number[]) =>
  findingsOf(
    network,
    earlyDeparture,
    lateness_s.flatMap((late_s, hop) => drive(run, { late_s, trip_id }).slice(15 * hop, 15 * hop + 15)),
  );

test.for([
  ["on time and late", [0, 0, 60, 60], []],
  ["early from the start, told once", [-120, -120, -120, -120], ["east-0 closed early_s 116"]],
  [
    "early at two places, on time between",
    [0, -120, 30, -90],
    ["east-1 closed early_s 116", "east-3 closed early_s 86"],
  ],
  ["a minute early is allowed", [-50, -60, -50, -60], []],
] as const)("%s", ([, lateness_s, expected]) => {
  expect(found(...lateness_s).map(lineOf)).toEqual(expected);
});

test("who leaves the terminal early leaves everybody behind: a notice", () => {
  expect(found(-120, -120, 0, -120).map(({ severity }) => severity)).toEqual(["notice", "info"]);
});
