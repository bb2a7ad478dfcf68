import fc from "fast-check";
import { expect, test } from "vitest";
import { moreOf, NO_ROLL, type Roll, rollCovering, rolledPath, type Side } from "./roll.ts";

const own = (s: number) => ({ from_ms: 600_000, to_ms: 600_000 + s * 1_000 });

/** Presses the button until it is of no use. */
function pressed(roll: Roll, side: Side, s: number): Roll {
  const more = moreOf(roll, side, own(s));
  return more ? pressed(more, side, s) : roll;
}

test("half a minute more at each press, two minutes on a side, five in all", () => {
  expect(moreOf(NO_ROLL, "before", own(20))).toEqual({ before_s: 30, after_s: 0 });
  const before = pressed(NO_ROLL, "before", 20);
  expect([before, pressed(before, "after", 20)]).toEqual([
    { before_s: 120, after_s: 0 },
    { before_s: 120, after_s: 120 },
  ]);
  // Of a stay of hours three minutes are given.
  expect(pressed(pressed(NO_ROLL, "before", 7_200), "after", 7_200)).toEqual({ before_s: 120, after_s: 0 });
});

test("it stands in the address beside what it is looked at for", () => {
  expect([rolledPath("/clip?purpose=x", NO_ROLL), rolledPath(undefined, NO_ROLL)]).toEqual([
    "/clip?purpose=x",
    undefined,
  ]);
  expect(rolledPath("/clip?purpose=x", { before_s: 30, after_s: 0 })).toBe(
    "/clip?purpose=x&before_s=30&after_s=0",
  );
});

test("another camera goes along as far as the API gives it, and never asks for more", () => {
  expect(rollCovering({ from_ms: 10_000, to_ms: 20_000 }, { from_ms: 0, to_ms: 25_500 })).toEqual({
    before_s: 10,
    after_s: 6,
  });
  expect(rollCovering({ from_ms: 10_000, to_ms: 20_000 }, { from_ms: 12_000, to_ms: 18_000 })).toEqual(
    NO_ROLL,
  );
  const ms = fc.integer({ min: 0, max: 2_000_000 });
  fc.assert(
    fc.property(ms, ms, ms, ms, (from_ms, length_ms, other_ms, otherLength_ms) => {
      const clip = { from_ms, to_ms: from_ms + length_ms + 1 };
      const roll = rollCovering(clip, { from_ms: other_ms, to_ms: other_ms + otherLength_ms + 1 });
      const whole_s = Math.min(180, (clip.to_ms - from_ms) / 1_000) + roll.before_s + roll.after_s;
      expect(whole_s).toBeLessThanOrEqual(300);
      for (const side of [roll.before_s, roll.after_s]) {
        expect(Number.isInteger(side) && side >= 0 && side <= 120).toBe(true);
      }
    }),
  );
});
