import { expect, test } from "vitest";
import type { Arrival } from "../api/types.ts";
import { fakeArrivals } from "../testing/fake-network.ts";
import { arrivalText, delayText, mayBeMissing } from "./arrival-text.ts";

const NOW_MS = Date.parse("2026-11-22T12:00:00Z");
const [LIVE] = fakeArrivals(NOW_MS);
const at = (seconds: number) => new Date(NOW_MS + seconds * 1000).toISOString();

/** A live arrival so many seconds ahead, with its interval. */
function ahead(predicted_s: number, low_s: number, high_s: number, change: Partial<Arrival> = {}): Arrival {
  if (!LIVE) throw new Error("no arrival to begin with");
  return { ...LIVE, predicted_at: at(predicted_s), low: at(low_s), high: at(high_s), ...change };
}

test.each([
  [
    "rounded so that nobody misses it",
    ahead(299, 170, 361),
    { kind: "minutes", minutes: 4 },
    { from: 2, to: 7 },
  ],
  ["within a minute it is now", ahead(59, -20, 130), { kind: "now" }, { from: 0, to: 3 }],
  ["a little late is still now", ahead(-60, -120, 30), { kind: "now" }, { from: 0, to: 1 }],
  ["long past it is overdue, and its interval too", ahead(-61, -180, -5), { kind: "overdue" }, undefined],
  ["beyond an hour by the clock", ahead(3_600, 3_500, 3_900), { kind: "clock" }, { from: 58, to: 65 }],
])("%s", (_, arrival, when, between) => {
  expect(arrivalText(arrival, NOW_MS)).toEqual({
    when,
    basis: "live",
    ...(between && { between }),
    delay: { direction: "late", minutes: 2 },
  });
});

test("by the timetable alone there is neither an interval nor a delay to speak of", () => {
  const { low: _, high: __, ...bare } = ahead(300, 0, 0, { basis: "timetable", delay_s: 0 });
  expect(arrivalText(bare, NOW_MS)).toEqual({ basis: "timetable", when: { kind: "minutes", minutes: 5 } });
});

test("delays in whole minutes", () => {
  expect([-95, -29, 0, 29, 31, 600].map(delayText)).toEqual([
    { direction: "early", minutes: 2 },
    { direction: "none", minutes: 0 },
    { direction: "none", minutes: 0 },
    { direction: "none", minutes: 0 },
    { direction: "late", minutes: 1 },
    { direction: "late", minutes: 10 },
  ]);
});

test("what was live is lost when the page heard nothing new of it for minutes", () => {
  const basis = (signal_s: number) =>
    arrivalText(ahead(300, 200, 400, { signal_at: at(signal_s) }), NOW_MS).basis;
  expect([basis(-10), basis(-180), basis(-181)]).toEqual(["live", "live", "lost"]);
});

test("only of what should have been there may people say that it did not come", () => {
  const told = (arrival: Arrival) => mayBeMissing(arrival, arrivalText(arrival, NOW_MS));
  expect(told(ahead(-120, -180, -60))).toBe(true);
  expect(told(ahead(300, 200, 400))).toBe(false);
  expect(told(ahead(-30, -60, 60, { overdue: "missed" }))).toBe(true);
  expect(told(ahead(-120, -180, -60, { cancelled: true }))).toBe(false);
});
