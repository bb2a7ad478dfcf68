import { Network } from "@yardline/matching/network";
import { compareReports, type Report } from "@yardline/matching/reports";
import { drive, runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newKnowledge } from "./knowledge.ts";
import { replay } from "./replay.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const HORIZON_MS = 45 * 60_000;

const reports: readonly Report[] = [
  ...drive(runOf(timetable, "east-08:00", "20260601"), { every_s: 20, noise_m: 5 }).map((fix) => ({
    vehicle_id: "7",
    fix,
  })),
  ...drive(runOf(timetable, "round-08:00", "20260601"), {
    every_s: 30,
    late_s: 90,
    trip_id: "round-08:00",
  }).map((fix) => ({
    vehicle_id: "8",
    fix,
  })),
].toSorted(compareReports);

function lines(some: readonly Report[]): readonly string[] {
  return [...replay(network, newKnowledge(), some, HORIZON_MS)].flatMap(
    ({ report, placement, predictions }) =>
      predictions.map((prediction) =>
        JSON.stringify([report.vehicle_id, report.fix.at_ms, placement.run.trip.trip_id, prediction]),
      ),
  );
}

const whole = lines(reports);

test("each report that lies on a run predicts its stops ahead", () => {
  expect(whole.length).toBeGreaterThan(60);
  expect(whole.filter((line) => line.includes("east-08:00")).length).toBeGreaterThan(10);
});

test("nothing that is predicted comes from later reports", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: reports.length }), (count) => {
      const part = lines(reports.slice(0, count));
      expect(part).toEqual(whole.slice(0, part.length));
    }),
  );
});

test("the order in which reports stand in a file, and doubled ones, change nothing", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...reports], { minLength: reports.length }), (shuffled) => {
      expect(lines([...shuffled, ...shuffled.slice(0, 5)].toSorted(compareReports))).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});
