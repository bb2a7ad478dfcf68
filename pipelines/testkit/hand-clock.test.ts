import { expect, test } from "vitest";
import { handClock } from "./hand-clock.ts";

test("time passes by hand, and a corrected wall clock does not move the monotonic one", () => {
  const clock = handClock(1000);
  clock.advance(500);
  clock.setNow(0);
  clock.advance(1);
  expect([clock.now_ms(), clock.monotonic_ms()]).toEqual([1, 501]);
});
