import fc from "fast-check";
import { expect, test } from "vitest";
import { LEADS_S, Spread } from "./spread.ts";

/** Numbers in [0, 1) that look random and are the same each time. */
function* chances(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("whatever errors are like, four of five come to lie inside, one of ten on each side", () => {
  const spread = new Spread();
  const chance = chances(7);
  /** Three times as wide as believed at first, late more than early: exponential. */
  const late_s = () => -100 + 300 * -Math.log(1 - chance.next().value);
  for (let i = 0; i < 30_000; i += 1) spread.learn(300, false, late_s());
  const { low_s, high_s } = spread.at(300, false);
  const later = Array.from({ length: 5_000 }, late_s);
  const share = (is: (error_s: number) => boolean) => later.filter(is).length / later.length;
  expect(share((error_s) => error_s < low_s)).toBeCloseTo(0.1, 1);
  expect(share((error_s) => error_s > high_s)).toBeCloseTo(0.1, 1);
});

test("a day that changes is followed within some hundred arrivals; other leads and waiting vehicles are not touched", () => {
  const spread = new Spread();
  const far = [spread.at(1500, false), spread.at(300, true)];
  for (let i = 0; i < 800; i += 1) spread.learn(300, false, i % 2 ? 200 : 260);
  expect(spread.at(300, false).middle_s).toBeGreaterThan(70);
  expect([spread.at(1500, false), spread.at(300, true)]).toEqual(far);
});

test("who waits for departure may leave late, however near the stop", () => {
  expect(new Spread().at(0, true).high_s).toBeGreaterThan(3 * new Spread().at(0, false).high_s);
});

test("what is kept gives the same again", () => {
  const spread = new Spread();
  for (let i = 0; i < 100; i += 1) spread.learn(17 * i, i % 3 === 0, 40 - i);
  const kept = spread.keep();
  expect(new Spread(kept).keep()).toEqual(kept);
  expect(kept.driving.low_s).toHaveLength(LEADS_S.length);
});

test("quantiles stay in order and within bounds, whatever arrives", () => {
  const arrival = fc.tuple(
    fc.double({ min: -1e4, max: 1e5, noNaN: true }),
    fc.boolean(),
    fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(arrival, { maxLength: 100 }),
      fc.double({ min: 0, max: 2400, noNaN: true }),
      (all, lead_s) => {
        const spread = new Spread();
        for (const [ahead_s, waits, late_s] of all) spread.learn(ahead_s, waits, late_s);
        for (const waits of [true, false]) {
          const { low_s, middle_s, high_s } = spread.at(lead_s, waits);
          expect(low_s).toBeLessThanOrEqual(middle_s);
          expect(middle_s).toBeLessThanOrEqual(high_s);
          expect(Math.max(-low_s, high_s)).toBeLessThanOrEqual(1_800);
        }
      },
    ),
  );
});
