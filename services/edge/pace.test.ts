import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { DEADLINE_MS } from "./detector-share.ts";
import { Pace } from "./pace.ts";
import type { Watched } from "./watching.ts";

const watched = (at_ms: number, why: Watched["why"]): Watched => ({
  ...{ at_ms, why, detections: undefined, tracks: [], raised: [], picture: undefined },
});

test("a camera is active while something moves, then idle; reduced it takes a picture a second", () => {
  const clock = handClock(1_000_000);
  const pace = new Pace(clock);
  expect([pace.mode, pace.wanted]).toEqual(["active", "every"]);
  pace.take(watched(clock.now_ms(), "moved"));
  expect(pace.moved_ms).toBe(0);
  clock.advance(10_000);
  pace.take(watched(clock.now_ms(), "still"));
  expect([pace.mode, pace.wanted, pace.moved_ms]).toEqual(["idle", "one-a-second", 0]);

  pace.reduced = true;
  expect([pace.mode, pace.wanted]).toEqual(["reduced", "key-frames"]);
  const times = Array.from({ length: 25 }, (_, at) => clock.now_ms() + at * 125);
  expect(times.filter((at_ms) => pace.wants(at_ms)).map((at_ms) => at_ms - clock.now_ms())).toEqual([
    0, 1_000, 2_000, 3_000,
  ]);
});

test("its load, once it has settled: pictures wanted, and those of them that came late or waited too long, since it was last asked", () => {
  const clock = handClock(1_000_000);
  const pace = new Pace(clock);
  pace.wants(clock.now_ms() - 60_000);
  expect(pace.takeLoad()).toEqual({ wanted: 0, missed: 0 });
  clock.advance(5_000);
  for (const age_ms of [DEADLINE_MS + 1, 300, 100]) pace.wants(clock.now_ms() - age_ms);
  pace.missed();
  expect(pace.takeLoad()).toEqual({ wanted: 3, missed: 2 });
  expect(pace.takeLoad()).toEqual({ wanted: 0, missed: 0 });
});
