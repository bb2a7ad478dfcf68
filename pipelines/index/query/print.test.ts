import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery } from "./parse.ts";
import { printQuery } from "./print.ts";
import { allNames, FIELD_NAMES } from "./words.ts";

/** Pieces of queries, whole and broken. */
const fragment = fc.constantFrom(
  ...'( ) - , " « » or або and .. : today вчора last 3 days since 18:00 22:00..06:00 2026-11-01 2026-11-01..2026-11-07'.split(
    " ",
  ),
  ...Object.values(FIELD_NAMES).flatMap((names) => allNames(names).map((name) => `${name}:`)),
  ...'person "два слова" >5m 2m..10m ..1h 50.45,30.52,300m 30,50,31,51 сумка -dog 12А к-3 \\ old'.split(" "),
);
const garbled = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.tuple(fragment, fc.constantFrom("", " ", " ", " ")), { maxLength: 14 })
    .map((each) => each.flat().join("")),
);
const anyNow = fc.record({
  now_ms: fc.integer({ min: 1e12, max: 7e12 }),
  timezone: fc.constantFrom("Europe/Kyiv", "UTC", "Asia/Kathmandu", "America/St_Johns"),
});

test("whatever is typed is either understood, and printed so that it means the same, or refused at a place in it", () => {
  let understood = 0;
  fc.assert(
    fc.property(garbled, anyNow, (text, now) => {
      const result = parseQuery(text, now);
      if (result.ok) {
        understood += 1;
        expect(parseQuery(printQuery(result.query, now), now)).toEqual(result);
        return;
      }
      expect(result.problems.length).toBeGreaterThan(0);
      for (const { at: from, length } of result.problems) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThan(0);
        expect(from + length).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(understood).toBeGreaterThan(500);
});

test.for([
  ["days of a zone with another clock", "2026-03-29", "2026-03-29"],
  [
    "an instant that comes twice",
    "2026-10-25T00:30Z..2026-10-25T01:30Z",
    "2026-10-25T03:30..2026-10-25T01:30:00.000Z",
  ],
  ["hours of several days", "2026-11-01..2026-11-07 22:00..06:00", "2026-11-01..2026-11-07 22:00..06:00"],
  [
    "hours between instants",
    "2026-11-01T12:00..2026-11-03T12:00 7:00-9:00",
    "2026-11-01T12:00..2026-11-03T12:00 07:00..09:00",
  ],
  ["what parentheses keep apart", "a (b) stop:x (stop:y)", "a (b) stop:x (stop:y)"],
  ["a minus before several things", "-(a b) -(a or b) -(-c)", '-"a b" -(a or b) -(-"c")'],
  ["words that are words of the language", '"today" "or" bus "last"', '"today or bus last"'],
  ["a name with quotation marks", String.raw`zone:"a \"b\""`, String.raw`zone:"a \"b\""`],
  ["bounds to the millisecond", "delay:>=300001ms duration:<1500ms", "delay:>5m duration:<=1499ms"],
])("%s", ([, typed = "", printed]) => {
  const now = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };
  const parsed = parseQuery(typed, now);
  expect(parsed.ok && printQuery(parsed.query, now)).toBe(printed);
});
