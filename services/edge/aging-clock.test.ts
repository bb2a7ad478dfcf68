import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { agingClock, BELIEVED_MS } from "./aging-clock.ts";

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;
const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

test("a clock that leaps ahead is not believed at once, and is in the end", () => {
  const wall = handClock(NOON_MS);
  const aging = agingClock(wall);
  wall.advance(MINUTE_MS);
  expect(aging.now_ms()).toBe(NOON_MS + MINUTE_MS);
  wall.setNow(NOON_MS + YEAR_MS);
  expect(aging.now_ms()).toBe(NOON_MS + MINUTE_MS);
  wall.advance(BELIEVED_MS - 1);
  expect(aging.now_ms()).toBe(NOON_MS + MINUTE_MS + BELIEVED_MS - 1);
  wall.advance(1);
  expect(aging.now_ms()).toBe(NOON_MS + YEAR_MS + BELIEVED_MS);
  wall.advance(MINUTE_MS);
  expect(aging.now_ms()).toBe(wall.now_ms());
});

test("a leap that is taken back changed nothing, and a clock that is set back is believed", () => {
  const wall = handClock(NOON_MS);
  const aging = agingClock(wall);
  wall.setNow(NOON_MS + YEAR_MS);
  wall.advance(MINUTE_MS);
  expect(aging.now_ms()).toBe(NOON_MS + MINUTE_MS);
  wall.setNow(NOON_MS + MINUTE_MS);
  expect(aging.now_ms()).toBe(NOON_MS + MINUTE_MS);
  wall.setNow(NOON_MS - YEAR_MS);
  expect(aging.now_ms()).toBe(NOON_MS - YEAR_MS);
  // The next leap is counted anew.
  wall.setNow(NOON_MS);
  wall.advance(BELIEVED_MS);
  expect(aging.now_ms()).toBe(NOON_MS - YEAR_MS + BELIEVED_MS);
});
