import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { noSignal } from "./no-signal.ts";
import { findingsOf, lineOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const trip_id = "east-08:00";
const run = runOf(timetable, trip_id, "20260601");
const driven = (until_s: number) =>
  drive(run, { trip_id }).filter(({ at_ms }) => at_ms <= startOf(run) + until_s * 1000);

test("silent on the way for ten minutes", () => {
  const until_ms = startOf(run) + 20 * 60_000;
  expect(findingsOf(network, noSignal, driven(100), until_ms).map(lineOf)).toEqual([
    "east-2 closed last_seen_at +100",
  ]);
});

test("silent at the end of the line is no loss", () => {
  expect(findingsOf(network, noSignal, driven(300), startOf(run) + 20 * 60_000)).toEqual([]);
});

test("a vehicle that reports on is not silent", () => {
  expect(findingsOf(network, noSignal, driven(300))).toEqual([]);
});
