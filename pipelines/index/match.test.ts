import { expect, test } from "vitest";
import type { Condition } from "./condition.ts";
import type { Known } from "./expression.ts";
import { matchOf, splitOf } from "./match.ts";

/** A file in which everything is the town's, nobody has seen a dog, and some things are rarer than others. */
const COUNTS: Readonly<Record<string, number>> = {
  "": 10_000,
  _tenant_town: 10_000,
  _label_dog: 0,
  _type_yard_2e_presence: 9_000,
  _zone_a: 20,
  _zone_b: 30,
};
const known: Known = { countOf: (tag) => COUNTS[tag] ?? 1_000, listUniverse: () => ["_tenant_town"] };
const is = (
  field: "label" | "tenant" | "source" | "zone" | "type",
  ...values: readonly string[]
): Condition => ({
  op: "is",
  field,
  values,
});
const words = (text: string): Condition => ({ op: "words", text });
const delay = (bounds: { min?: number; max?: number }): Condition => ({
  op: "measure",
  measure: "delay_s",
  ...bounds,
});
const all = (...of: readonly Condition[]): Condition => ({ op: "all", of });
const any = (...of: readonly Condition[]): Condition => ({ op: "any", of });
const not = (of: Condition): Condition => ({ op: "not", of });
const exactly = (fts: string, counted: { tag?: string; events?: number } = {}) => ({
  may: { fts, ...counted },
  must: { fts, ...counted },
});
const PAIRS = '("_pair_zone_a_label_car" OR "_pair_zone_a_label_bus") AND "сумк"';
const everything = { may: "all", must: "all" };
const nothing = { may: "none", must: "none" };

test.for<[string, Condition, unknown]>([
  ["one value", is("label", "Person"), exactly('"_label_person"', { tag: "_label_person", events: 1_000 })],
  ["any of several", is("label", "car", "bus"), exactly('"_label_car" OR "_label_bus"', { events: 2_000 })],
  ["what all have", is("tenant", "town"), everything],
  ["what all have, or else", is("tenant", "town", "district"), everything],
  ["what none has", is("label", "dog"), nothing],
  [
    "what none has, or else",
    is("label", "dog", "car"),
    exactly('"_label_car"', { tag: "_label_car", events: 1_000 }),
  ],
  ["no value", is("label"), nothing],
  ["words and a code", words("сумок 12-А"), exactly('"сумк" AND ("12a" *)')],
  ["no word", words("..."), everything],
  ["all of nothing", all(), everything],
  ["any of nothing", any(), nothing],
  [
    "one that all have, and one",
    all(is("tenant", "town"), is("label", "car")),
    exactly('"_label_car"', { tag: "_label_car", events: 1_000 }),
  ],
  ["one that none has, and one", all(is("label", "dog"), is("label", "car")), nothing],
  ["one that none has, or one", any(is("label", "dog"), words("сумка")), exactly('"сумк"')],
  [
    "all but",
    all(is("label", "car"), not(is("zone", "a")), not(is("zone", "b"))),
    exactly('("_label_car") NOT ("_zone_a" OR "_zone_b")', { events: 1_000 }),
  ],
  [
    "a zone and labels are looked for together",
    all(is("zone", "a"), is("label", "car", "bus"), words("сумка")),
    { may: { fts: PAIRS, events: 20 }, must: { fts: PAIRS, events: 20 } },
  ],
  ["a zone and a label that none has", all(is("zone", "a"), is("label", "dog")), nothing],
  ["nothing but not", not(is("zone", "a")), exactly('("_tenant_town") NOT ("_zone_a")')],
  ["not what none has", not(is("label", "dog")), everything],
  ["not what all have", not(is("tenant", "town")), nothing],
])("%s", ([, condition, match]) => {
  expect(matchOf(condition, known)).toEqual(match);
});

test("bounds between the steps let through more than fits, and say what surely fits", () => {
  const [may, must] = [
    '"_step_delay_s_11" OR "_step_delay_s_12" OR "_step_delay_s_13"',
    '"_step_delay_s_12"',
  ];
  expect(matchOf(delay({ min: 301, max: 1_000 }), known)).toEqual({
    may: { fts: may, events: 3_000 },
    must: { fts: must, tag: "_step_delay_s_12", events: 1_000 },
  });
  expect(matchOf(not(delay({ min: 301, max: 1_000 })), known)).toEqual({
    may: { fts: `("_tenant_town") NOT (${must})` },
    must: { fts: `("_tenant_town") NOT (${may})` },
  });
});

test("an area lets through the squares that it touches; a country tells nothing", () => {
  const center = { latitude: 50.4512, longitude: 30.5213 };
  const { may, must } = matchOf({ op: "circle", center, radius_m: 1_000 }, known);
  expect(may).not.toEqual(must);
  expect(matchOf({ op: "circle", center, radius_m: 600_000 }, known)).toEqual({ may: "all", must: "none" });
});

test("a question is split into what terms tell and what has to be asked", () => {
  expect(splitOf(undefined, known)).toEqual({ sure: "all", unsure: "none" });
  expect(splitOf(is("tenant", "town"), known)).toEqual({ sure: "all", unsure: "none" });
  expect(splitOf(delay({ min: 301 }), known)).toEqual({
    sure: expect.objectContaining({ fts: expect.stringMatching(/^"_step_delay_s_12" OR/) }),
    unsure: expect.objectContaining({
      fts: expect.stringMatching(/^\("_step_delay_s_11" OR .*\) NOT \("_step_delay_s_12" OR/),
    }),
  });
});
