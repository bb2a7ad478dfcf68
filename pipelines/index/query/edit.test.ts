import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeOf, valuesOf, withArea, withTime, withValues } from "./edit.ts";
import { parseQuery } from "./parse.ts";
import { printQuery } from "./print.ts";

/** Sunday, 22 November 2026, 14:00 in Kyiv. */
const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };

describe("values that are asked of everything", () => {
  test.each([
    ["label:dog,person сумка", ["dog", "person"]],
    ["мітка:собака label:Ворона", ["dog", "ворона"]],
    ["-label:dog (label:car)", []],
    ["label:dog or label:car", []],
    ["label:", []],
    ["label:dog yesterday", ["dog"]],
  ] as const)("%s: %j", (text, values) => {
    expect(valuesOf(text, "label", NOW)).toEqual(values);
  });

  test.each([
    ["", ["dog"], "label:dog"],
    ["label:dog", [], ""],
    ["вчора label:car сумка", ["dog", "car"], "вчора сумка label:dog,car"],
    ["-label:dog", ["car"], "-label:dog label:car"],
    ["label:dog or zone:a yesterday sort:old", ["car"], "(label:dog or zone:a) label:car yesterday sort:old"],
    ["label:dog or zone:a", [], "label:dog or zone:a"],
    ["label:dog camera:x label:car", ["two words"], 'camera:x label:"two words"'],
  ] as const)("%s, then %j: %s", (text, values, changed) => {
    expect(withValues(text, { field: "label", values, language: "en" }, NOW)).toBe(changed);
  });

  test("are written as the person speaks", () => {
    const change = { field: "label", values: ["dog"], language: "uk" } as const;
    expect(withValues("сьогодні", change, NOW)).toBe("сьогодні мітка:собака");
  });
});

test.each([
  ["label:dog", "near:50,30,1km", "label:dog near:50,30,1km"],
  ["біля:50.45,30.52,300m dog within:30,50,31,51", "near:50,30,1km", "dog near:50,30,1km"],
  ["near:50,30,1km dog", "", "dog"],
  ["dog or near:50,30,1km today", "near:50,31,1km", "(dog or near:50,30,1km) near:50,31,1km today"],
])("%s, then %s: %s", (text, area, changed) => {
  expect(withArea(text, area, NOW)).toBe(changed);
});

describe("the time of a text", () => {
  test.each([
    ["label:dog yesterday", "today", "label:dog today"],
    ["за останні 30 днів сумка", "2026-11-01", "сумка 2026-11-01"],
    [
      "yesterday 22:00..06:00",
      "2026-11-21T23:00..2026-11-22T01:00",
      "22:00..06:00 2026-11-21T23:00..2026-11-22T01:00",
    ],
    ["yesterday 22:00..06:00 label:dog", "", "label:dog"],
    ['"yesterday" (today)', "", '"yesterday" (today)'],
    ["", "last 24 hours", "last 24 hours"],
  ])("%s, then %s: %s", (text, time, changed) => {
    expect(withTime(text, time, NOW)).toBe(changed);
  });

  test("is found where it stands", () => {
    expect(timeOf("сумка за останні 30 днів label:dog", NOW)).toBe("за останні 30 днів");
    expect(timeOf("22:00..06:00", NOW)).toBe("");
  });
});

test("what is written into a text that was understood is understood, and read out of it again", () => {
  const piece = fc.constantFrom(
    ...'label:dog зона:а,б -label:car (label:car) or сумка yesterday sort:old camera:x "two words"'.split(
      " ",
    ),
  );
  const values = fc.uniqueArray(fc.constantFrom("dog", "car", "two words", 'in"quotes', "ворона"), {
    minLength: 1,
  });
  let understood = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), values, (pieces, wanted) => {
      const text = pieces.join(" ");
      if (!parseQuery(text, NOW).ok) return;
      understood += 1;
      const changed = withValues(text, { field: "label", values: wanted, language: "uk" }, NOW);
      const after = parseQuery(changed, NOW);
      expect(after.ok).toBe(true);
      expect(valuesOf(changed, "label", NOW)).toEqual(wanted);
      const timed = parseQuery(withTime(changed, "2026-11-01", NOW), NOW);
      expect(timed.ok && printQuery(timed.query, NOW)).toContain("2026-11-01");
    }),
    { numRuns: 200 },
  );
  expect(understood).toBeGreaterThan(30);
});
