import { expect, test } from "vitest";
import { positionOf, whyHeld } from "./plausibility.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const fix = { latitude: 49, longitude: 31, at_ms: NOW, buffered: false };

test.each([
  ["a good fix", fix, undefined],
  ["5 minutes ahead", { ...fix, at_ms: NOW + 5 * MINUTE }, undefined],
  ["6 minutes ahead", { ...fix, at_ms: NOW + 6 * MINUTE }, "future"],
  ["the year 2099", { ...fix, at_ms: Date.parse("2099-03-01T12:00:00Z") }, "future"],
  ["7 days old", { ...fix, at_ms: NOW - 7 * DAY }, undefined],
  ["8 days old", { ...fix, at_ms: NOW - 8 * DAY, buffered: true }, "late"],
  ["0/0", { ...fix, latitude: 0, longitude: 0 }, "nowhere"],
  ["on the equator", { ...fix, latitude: 0 }, undefined],
  ["no satellites", { ...fix, valid: false }, "no-fix"],
  ["no time, live", { latitude: 49, longitude: 31, buffered: false }, undefined],
  ["no time, out of memory", { latitude: 49, longitude: 31, buffered: true }, "no-time"],
])("%s", (_name, given, expected) => {
  expect(whyHeld(given, NOW)).toBe(expected);
});

test("a live fix without a time is of the moment in which it arrived", () => {
  expect(
    positionOf({ latitude: 49, longitude: 31, buffered: false, valid: true, speed_mps: 3 }, "7", NOW),
  ).toEqual({
    vehicle_id: "7",
    at_ms: NOW,
    received_at_ms: NOW,
    latitude: 49,
    longitude: 31,
    speed_mps: 3,
  });
});
