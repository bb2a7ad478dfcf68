import fc from "fast-check";
import { expect, test } from "vitest";
import { missingIn, missingOf, offsetAt, reachOf, stretchesOf, timeAt } from "./clip-time.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const at = (s: number) => NOON_MS + s * 1000;
const span = (from: number, to: number) => ({ from_ms: at(from), to_ms: at(to) });
const ASKED = span(0, 20);
/** Its beginning has gone, and five seconds in it were never recorded. */
const HALF = [span(4, 8), span(13, 20)];

test("what a clip holds is read from its header; nonsense is what was asked for", () => {
  const header =
    "2026-11-22T12:00:04.000Z/2026-11-22T12:00:08.000Z, 2026-11-22T12:00:13.000Z/2026-11-22T12:00:20.000Z";
  expect(stretchesOf(header, ASKED)).toEqual(HALF);
  for (const wrong of [
    null,
    "",
    "yesterday",
    "2026-11-22T12:00:08Z/2026-11-22T12:00:04Z",
    `${header}, ${header}`,
  ]) {
    expect(stretchesOf(wrong, ASKED)).toEqual([ASKED]);
  }
});

test("seconds of a clip and times of day lead to each other over its gaps", () => {
  expect([0, 3.5, 4, 10.5, 11, 99].map((s) => timeAt(HALF, s))).toEqual([4, 7.5, 13, 19.5, 20, 20].map(at));
  expect(offsetAt(HALF, at(7.5))).toEqual({ offset_s: 3.5, recorded: true });
  expect(offsetAt(HALF, at(1))).toEqual({ offset_s: 0, recorded: false });
  expect(offsetAt(HALF, at(10))).toEqual({ offset_s: 4, recorded: false });
  expect(offsetAt(HALF, at(20))).toEqual({ offset_s: 11, recorded: false });
});

test("there and back is the same place, whatever is missing", () => {
  const lengths = fc.array(fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 1, max: 9_000 })), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(lengths, fc.double({ min: 0, max: 0.999, noNaN: true }), (pieces, share) => {
      let end_ms = NOON_MS;
      const stretches = pieces.map(([gap_ms, length_ms]) => {
        const from_ms = end_ms + gap_ms;
        end_ms = from_ms + length_ms;
        return { from_ms, to_ms: end_ms };
      });
      const offset_s = (share * pieces.reduce((sum, [, length_ms]) => sum + length_ms, 0)) / 1000;
      expect(offsetAt(stretches, timeAt(stretches, offset_s)).offset_s).toBeCloseTo(offset_s, 3);
    }),
  );
});

test("what is missing is told: a beginning that has gone, a gap, an end; seams are none", () => {
  expect(missingIn(HALF, ASKED)).toEqual([span(0, 4), span(8, 13)]);
  expect(missingIn([span(-1, 9), span(9.3, 18)], ASKED)).toEqual([span(18, 20)]);
  expect(reachOf([span(-1, 18)], ASKED)).toEqual(span(-1, 20));
});

test.for([
  ["nothing before it was recorded", [span(0, 50)], ["before 12:00:00"]],
  ["some of it was", [span(-10, 50)], ["before 11:59:50"]],
  ["its own beginning has gone too", [span(4, 50)], ["beginning 12:00:04"]],
  ["nothing after it was recorded", [span(-30, 20)], ["after 12:00:50"]],
  ["its end is not there either", [span(-30, 12)], ["gap 12:00:50"]],
  ["a camera that was away for a while", [span(-30, 5), span(9, 50)], ["gap 12:00:09"]],
] as const)("of half a minute around it: %s", ([, stretches, told]) => {
  const missing = missingOf(stretches, span(-30, 50), ASKED);
  expect(missing.map(({ what, to_ms }) => `${what} ${new Date(to_ms).toISOString().slice(11, 19)}`)).toEqual(
    told,
  );
});
