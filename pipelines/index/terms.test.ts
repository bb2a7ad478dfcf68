import fc from "fast-check";
import { expect, test } from "vitest";
import { statementOf } from "./scenes.ts";
import { clausesOf, holds, matchOf, termsOf } from "./terms.ts";

const presence = statementOf(0, 1);
const found = (query: Parameters<typeof clausesOf>[0], event = presence) =>
  holds(clausesOf(query), termsOf(event));

test("an event is found by what its sentence says in each language, and by its fields", () => {
  for (const text of ["велосипеди у кадрі", "велосипед в кадре", "bicycles in view", "yard-1", "presence"]) {
    expect([text, found({ text })]).toEqual([text, true]);
  }
  expect(found({ text: "велосипед собака" })).toBe(false);
});

test("personal fields and instants are no words to search by", () => {
  expect(found({ text: "0192f0c1" })).toBe(false);
  expect(found({ text: "2026-11" })).toBe(false);
  expect(found({ text: "7c4e" })).toBe(false);
});

test("an event of an unknown kind is found by its envelope alone", () => {
  const barking = statementOf(2, 0);
  expect(found({ types: ["yard.barking"], sources: ["camera/yard-1"], text: "barking" }, barking)).toBe(true);
  expect(found({ text: "дуже" }, barking)).toBe(false);
});

test("different values never share a tag", () => {
  const source = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(..."aAбБ/_-. 12fF\"'") });
  fc.assert(
    fc.property(source, source, (a, b) => {
      fc.pre(a !== b);
      expect(found({ sources: [a] }, { ...presence, source: b })).toBe(false);
      expect(found({ sources: [a, b] }, { ...presence, source: b })).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the question in FTS5's language", () => {
  const query = { sources: ["camera/yard-1", "feed/town"], labels: ["person"], text: "сумок 12-А" };
  expect(matchOf(clausesOf(query))).toBe(
    '("_source_camera_2f_yard_2d_1" OR "_source_feed_2f_town") AND ("_label_person") AND ("сумк") AND ("12a" *)',
  );
});
