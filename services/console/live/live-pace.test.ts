import { expect, test } from "vitest";
import { ahead_s, createTownClock, paceOf } from "./live-pace.ts";

test.for([
  ["nothing yet", 0, [], { rate: 1 }],
  ["at the newest pictures", 9.8, [[0, 10]], { rate: 1 }],
  ["a little late: a little faster", 9.3, [[0, 10]], { rate: 1.08 }],
  ["far too late: to the end", 5, [[0, 10]], { rate: 1, seek_s: 9.75 }],
  [
    "a hole: over it",
    4.99,
    [
      [0, 5],
      [7, 7.1],
    ],
    { rate: 1, seek_s: 7 },
  ],
  ["before the first picture", 0, [[30, 31]], { rate: 1, seek_s: 30.75 }],
  ["long watched: what is long past is forgotten", 59.8, [[20, 60]], { rate: 1, forget_s: 49.8 }],
] as const)("%s", ([, at_s, buffered, pace]) => {
  expect(paceOf(at_s, buffered, ahead_s(0))).toEqual(pace);
});

test("what a new connection begins with is passed over at once", () => {
  expect(paceOf(9.3, [[0, 10]], 0.25, true)).toEqual({ rate: 1, seek_s: 9.75 });
});

test("each stop keeps a little more in hand, up to a second", () => {
  expect([0, 1, 3, 99].map(ahead_s)).toEqual([0.25, 0.4, 0.7, 1]);
});

test("the town's clock is told by what came soonest, however wrong this device's is", () => {
  const clock = createTownClock();
  expect(clock.now_ms(5)).toBeUndefined();
  clock.heard(1_000, 3_601_300);
  clock.heard(2_000, 3_602_050);
  clock.heard(3_000, 3_603_900);
  expect(clock.now_ms(3_610_000)).toBe(9_950);
});
