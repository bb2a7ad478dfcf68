import { expect, test } from "vitest";
import type { Condition, Field } from "./condition.ts";
import type { Known } from "./expression.ts";
import { quickMatchOf } from "./quick-match.ts";

const COUNTS: Readonly<Record<string, number>> = {
  "": 100_000,
  _tenant_town: 100_000,
  _label_car: 20_000,
  _label_dog: 1_000,
  _zone_swings: 100,
  _zone_bins: 90_000,
};
const known: Known = { countOf: (tag) => COUNTS[tag] ?? 0, listUniverse: () => ["_tenant_town"] };
const is = (field: Field, value: string): Condition => ({ op: "is", field, values: [value] });
const not = (of: Condition): Condition => ({ op: "not", of });
const [town, car, dog] = [is("tenant", "town"), is("label", "car"), is("label", "dog")];
const [swings, bins] = [is("zone", "swings"), is("zone", "bins")];
const all = (...of: readonly Condition[]): Condition => ({ op: "all", of });
const sumka: Condition = { op: "words", text: "сумка" };

test.for<[string, Condition, string, boolean]>([
  ["lists of like length are all gone through", all(town, dog, car), '"_label_dog" AND "_label_car"', true],
  ["a list that is far longer is left out", all(bins, swings, car), '"_zone_swings"', false],
  ["also in conditions within conditions", all(all(bins), all(all(swings))), '"_zone_swings"', false],
  ["the only one is gone through however long", all(town, bins), '"_zone_bins"', true],
  [
    "words are gone through, since nobody knows",
    all(sumka, swings, bins),
    '"сумк" AND "_zone_swings"',
    false,
  ],
  [
    "what is not wanted is left out likewise",
    all(swings, not(bins), not(dog)),
    '("_zone_swings") NOT ("_label_dog")',
    false,
  ],
  ["a question that is not all of several", sumka, '"сумк"', true],
])("%s", ([, condition, fts, isSure]) => {
  expect(quickMatchOf(condition, known)).toMatchObject({ may: { fts }, isSure });
});

test("what all have is not asked, and where none can fit nothing is", () => {
  expect(quickMatchOf(town, known)).toEqual({ may: "all", isSure: true });
  expect(quickMatchOf(all(town, is("zone", "nowhere"), sumka), known)).toEqual({ may: "none", isSure: true });
});
