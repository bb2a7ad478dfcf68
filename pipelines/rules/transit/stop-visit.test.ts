import { Network } from "@yardline/matching/network";
import { drive, runOf, stay } from "@yardline/matching/testing";
import { placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { stopVisit } from "./stop-visit.ts";
import { findingsOf, lineOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const run = runOf(timetable, "east-08:00", "20260601");

function visits(
  ...args: Parameters<typeof findingsOf> extends [unknown, unknown, ...infer Rest] ? Rest : never
) {
  return findingsOf(network, stopVisit, ...args).map(lineOf);
}

test("a call opens 25 m before its stop and closes 25 m behind it; the last one closes by arriving", () => {
  expect(visits(drive(run, { late_s: 60, trip_id: "east-08:00" }))).toEqual([
    "east-0 open arrived_at +60 delay_s 60",
    "east-0 closed arrived_at +60 delay_s 60 departed_at +64 ended departed",
    "east-1 open arrived_at +131 delay_s 56",
    "east-1 closed arrived_at +131 delay_s 56 departed_at +139 ended departed",
    "east-2 open arrived_at +206 delay_s 56",
    "east-2 closed arrived_at +206 delay_s 56 departed_at +214 ended departed",
    "east-3 open arrived_at +281 delay_s 56",
    "east-3 closed arrived_at +281 delay_s 56 departed_at +289 ended departed",
    "east-4 closed arrived_at +356 delay_s 56",
  ]);
});

test("at one fix each two minutes, stops passed in between are both at once", () => {
  expect(visits(drive(run, { every_s: 120, trip_id: "east-08:00" }))).toEqual([
    "east-0 open arrived_at +0 delay_s 0",
    "east-0 closed arrived_at +0 delay_s 0 departed_at +4 ended departed",
    "east-1 closed arrived_at +71 delay_s -4 departed_at +79 ended departed",
    "east-2 closed arrived_at +146 delay_s -4 departed_at +154 ended departed",
    "east-3 closed arrived_at +221 delay_s -4 departed_at +229 ended departed",
  ]);
});

test("without a trip id the same calls are found, the first stop's with them", () => {
  const found = visits(drive(run, { late_s: 60, noise_m: 5 })).filter((line) => line.includes("closed"));
  expect(found.map((line) => line.split(" ")[0])).toEqual(["east-0", "east-1", "east-2", "east-3", "east-4"]);
});

test("a vehicle that falls silent at a stop is lost there; what it passed meanwhile is not claimed", () => {
  const fixes = drive(run, { trip_id: "east-08:00" });
  const atStop = fixes.slice(0, 16);
  const later = fixes.slice(50).map((fix) => ({ ...fix, at_ms: fix.at_ms + 20 * 60_000 }));
  expect(visits([...atStop, ...later]).slice(2)).toEqual([
    "east-1 open arrived_at +71 delay_s -4",
    "east-1 closed arrived_at +71 delay_s -4 ended lost",
    "east-4 closed arrived_at +1496 delay_s 1196",
  ]);
  expect(visits(atStop, Date.parse("2026-06-01T09:00:00+03:00")).at(-1)).toBe(
    "east-1 closed arrived_at +71 delay_s -4 ended lost",
  );
});

test("a vehicle that leaves the line is gone from its stop when it was last seen there", () => {
  const fixes = drive(run, { trip_id: "east-08:00" }).slice(0, 16);
  const [last] = fixes.slice(-1);
  if (!last) throw new Error("no fixes");
  const away = stay(placeAt(1, 0.4), last.at_ms + 5_000, last.at_ms + 60_000).map((fix) => ({
    ...fix,
    trip_id: "east-08:00",
  }));
  expect(visits([...fixes, ...away]).at(-1)).toBe(
    "east-1 closed arrived_at +71 delay_s -4 departed_at +75 ended departed",
  );
});

test("a loop's end is not visited by a vehicle that stands at its start", () => {
  const round = runOf(timetable, "round-08:00", "20260601");
  const waiting = stay(
    placeAt(0, 1),
    Date.parse("2026-06-01T07:50:00+03:00"),
    Date.parse("2026-06-01T07:59:55+03:00"),
  );
  const fixes = [
    ...waiting.map((fix) => ({ ...fix, trip_id: "round-08:00" })),
    ...drive(round, { trip_id: "round-08:00" }),
  ];
  const found = findingsOf(network, stopVisit, fixes);
  expect(found.map(({ stop, state }) => `${stop} ${state}`)).toEqual([
    "0 open",
    "0 closed",
    "1 open",
    "1 closed",
    "2 open",
    "2 closed",
    "3 open",
    "3 closed",
    "4 closed",
  ]);
});

test("a vehicle that was placed too far ahead takes its visits back", () => {
  const round = runOf(timetable, "round-08:00", "20260601");
  const fixes = drive(round, { trip_id: "round-08:00" });
  // Late by almost a whole round, the first fix looks like the end of the loop.
  const late = fixes.map((fix) => ({ ...fix, at_ms: fix.at_ms + 9 * 60_000 }));
  const found = findingsOf(network, stopVisit, late);
  const standing = new Map(found.map((finding) => [finding.stop, finding.state]));
  expect([...standing]).toContainEqual([4, "closed"]);
  expect(found.filter(({ stop, state }) => stop === 4 && state === "withdrawn")).toHaveLength(1);
});
