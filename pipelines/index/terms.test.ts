import fc from "fast-check";
import { expect, test } from "vitest";
import { type Condition, holds } from "./condition.ts";
import { statementOf } from "./scenes.ts";
import { tagOf, tagsOf, termsOf, valueOfTag } from "./terms.ts";

const presence = statementOf(0, 1);
const words = (text: string): Condition => ({ op: "words", text });
const found = (text: string, event = presence) => holds(words(text), event);

test("an event is found by what its sentence says in each language, and by its fields", () => {
  for (const text of ["велосипеди у кадрі", "велосипед в кадре", "bicycles in view", "yard-1", "presence"]) {
    expect([text, found(text)]).toEqual([text, true]);
  }
  expect(found("велосипед собака")).toBe(false);
});

test("personal fields and instants are no words to search by", () => {
  expect(found("0192f0c1")).toBe(false);
  expect(found("2026-11")).toBe(false);
  expect(found("7c4e")).toBe(false);
});

test("an event of an unknown kind is found by its envelope alone", () => {
  const barking = statementOf(2, 0);
  expect(found("barking", barking)).toBe(true);
  expect(found("дуже", barking)).toBe(false);
});

test("different values never share a tag, and each tag tells its value", () => {
  const value = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(..."aAбБ/_-. 12fF\"'") });
  fc.assert(
    fc.property(value, (each) => {
      const tag = tagOf("source", each);
      expect(valueOfTag("source", tag)).toBe(each);
      expect(tag).toMatch(/^_source_[a-z0-9_\u{80}-\u{10ffff}]*$/u);
    }),
    { numRuns: 300 },
  );
});

test("the tags of an event, and what else it is found by", () => {
  expect([...tagsOf(presence)]).toEqual([
    "_source_camera_2f_yard_2d_1",
    "_type_yard_2e_presence",
    "_tenant_town",
    "_state_updated",
    "_severity_info",
    "_label_bicycle",
    "_zone_all",
    "_camera_yard_2d_1",
    "_step_duration_s_7",
  ]);
  expect(termsOf(presence).filter((term) => term.startsWith("_"))).toEqual([
    "_pair_zone_all_label_bicycle",
    "_cell_0x28089x42100",
    "_cell_1x3511x5262",
    "_cell_2x219x328",
  ]);
});
