import { expect, test } from "vitest";
import { ModeTimes } from "./mode-times.ts";

test("shares of the time in each mode, the one of now included", () => {
  const times = new ModeTimes(0);
  expect(times.shares(0)).toEqual({ idle: 0, active: 0, reduced: 0, lost: 1 });
  expect(times.become("active", 1_000)).toEqual({ was: "lost", for_ms: 1_000 });
  times.become("active", 2_000);
  times.become("idle", 4_000);
  expect(times.mode).toBe("idle");
  expect(times.shares(10_000)).toEqual({ idle: 0.6, active: 0.3, reduced: 0, lost: 0.1 });
  times.become("reduced", 10_000);
  expect(times.shares(20_000)).toEqual({ idle: 0.3, active: 0.15, reduced: 0.5, lost: 0.05 });
});
