import { CATALOGUE } from "@yardline/events/catalogue";
import { expect, test } from "vitest";
import { TYPE_NAMES } from "./type-names.ts";

test("every kind of event has a name", () => {
  expect(Object.keys(TYPE_NAMES).toSorted()).toEqual(CATALOGUE.map(({ type }) => type).toSorted());
});
