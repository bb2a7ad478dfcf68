import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Paces, type Span } from "./paces.ts";

const timetable = await smallTownTimetable();
const NOW = Date.parse("2026-06-01T08:00:00+03:00");
const HOUR_MS = 3_600_000;

const on = (trip_id: string) => ({ timetable, run: runOf(timetable, trip_id, "20260601") });
const EAST = on("east-08:00");

/** A vehicle that drives the whole link to a stop, 75 s by the timetable, so much slower than it. */
function span(paces: Paces, stop: number, slower: number, at_ms: number): Span {
  const driving_ms = 75_000;
  const took_ms = driving_ms * (1 + slower);
  const leg = { stop, due_ms: at_ms, driving_ms, whole: true };
  const expected_ms = driving_ms + paces.extrasOn(EAST, at_ms)(leg);
  return {
    ...EAST,
    legs: [leg],
    took_ms,
    late_ms: took_ms - expected_ms,
    at_ms,
  };
}

/** Ten minutes between two vehicles. */
function driven(paces: Paces, count: number, slower: number, from_ms = NOW): Paces {
  for (let i = 0; i < count; i += 1) paces.learn(span(paces, 2, slower, from_ms + i * 600_000));
  return paces;
}

/** By which share the drive to a stop takes longer than its 75 s; part of the drive, so that the stop itself does not count. */
const excess = (paces: Paces, stop: number, at_ms = NOW, where = EAST) =>
  paces.extrasOn(where, at_ms)({ stop, due_ms: NOW, driving_ms: 75_000, whole: false }) / 75_000;

test("nothing learnt: the timetable", () => {
  expect([0, 1, 2, 3, 4].map((stop) => excess(new Paces(), stop))).toEqual([0, 0, 0, 0, 0]);
});

test("one slow vehicle says something, many say it surely; the link beside learns only what is true of the town", () => {
  const once = excess(driven(new Paces(), 1, 0.4), 2);
  const often = driven(new Paces(), 30, 0.4);
  expect(once).toBeGreaterThan(0.05);
  expect(once).toBeLessThan(0.3);
  expect(excess(often, 2, NOW + 5 * HOUR_MS)).toBeCloseTo(0.4, 1);
  expect(excess(often, 3, NOW + 5 * HOUR_MS)).toBeLessThan(0.1);
});

test("lines that drive from the same stop to the same next one share what is known", () => {
  const paces = driven(new Paces(), 5, 0.5);
  expect(excess(paces, 2, NOW, on("east-08:20"))).toBe(excess(paces, 2));
});

test("the town's part goes back to the timetable, the link's stays over the night", () => {
  const paces = driven(new Paces(), 10, 0.4);
  const later = NOW + 24 * HOUR_MS;
  expect(excess(paces, 3, later)).toBeLessThan(excess(paces, 3) / 5);
  expect(excess(paces, 2, later)).toBeGreaterThan(0.2);
});

test("recent vehicles weigh more after a pause", () => {
  const known = driven(new Paces(), 30, 0);
  const busy = excess(driven(known, 1, 0.8, NOW + 5 * HOUR_MS), 2, NOW + 5 * HOUR_MS);
  const rested = excess(
    driven(driven(new Paces(), 30, 0), 1, 0.8, NOW + 40 * HOUR_MS),
    2,
    NOW + 40 * HOUR_MS,
  );
  expect(rested).toBeGreaterThan(1.5 * busy);
});

test("a breakdown says little of the street", () => {
  const paces = driven(new Paces(), 20, 0);
  expect(excess(driven(paces, 1, 10, NOW + 4 * HOUR_MS), 2, NOW + 4 * HOUR_MS)).toBeLessThan(0.5);
});

test("what is beyond the limit of links keeps to its timetable", () => {
  const paces = driven(new Paces(0), 10, 0.4);
  expect(Math.abs(excess(paces, 2, NOW + 100 * HOUR_MS))).toBeLessThan(0.01);
});

test("whatever is driven, in whatever order of time, factors stay within their bounds; the same spans give the same", () => {
  const drives = fc.array(
    fc.record({
      stop: fc.integer({ min: 1, max: 4 }),
      slower: fc.double({ min: -0.99, max: 50, noNaN: true }),
      after_ms: fc.integer({ min: -HOUR_MS, max: 48 * HOUR_MS }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(drives, (some) => {
      const learnt = () => {
        const paces = new Paces();
        for (const { stop, slower, after_ms } of some) paces.learn(span(paces, stop, slower, NOW + after_ms));
        return [1, 2, 3, 4].map((stop) => excess(paces, stop));
      };
      const excesses = learnt();
      for (const each of excesses) expect(Math.abs(each - 1.2)).toBeLessThanOrEqual(1.8);
      expect(learnt()).toEqual(excesses);
    }),
  );
});
