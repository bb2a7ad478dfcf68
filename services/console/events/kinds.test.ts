import { CATALOGUE } from "@yardline/events/catalogue";
import { expect, test } from "vitest";
import { presence, stopVisit } from "../testing/fake-events.ts";
import { findKind, findPlace, labelsOf, TYPES_OF_KIND } from "./kinds.ts";

test("every type of the catalogue is found by its kind", () => {
  for (const { type } of CATALOGUE) {
    const kind = findKind(type);
    expect(kind && TYPES_OF_KIND[kind]).toContain(type);
  }
  expect(findKind("weather.storm")).toBeUndefined();
});

test("labels are those of the catalogue", () => {
  expect(labelsOf(presence("a", 0, { label: "dog" }))).toEqual(["dog"]);
  expect(labelsOf(stopVisit("trip", 0, 0))).toEqual(["1"]);
});

test("a geo URI gives the place", () => {
  expect(findPlace({ place: "geo:50.211500,-30.312000" })).toEqual({ latitude: 50.2115, longitude: -30.312 });
  expect(findPlace({})).toBeUndefined();
});
