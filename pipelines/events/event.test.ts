import { expect, test } from "vitest";
import { placeOf } from "./event.ts";

test.for([
  ["geo:50.45,30.52", { latitude: 50.45, longitude: 30.52 }],
  ["geo:-90,180", { latitude: -90, longitude: 180 }],
  ["geo:90.1,30", undefined],
  ["geo:50,-180.5", undefined],
  ["geo:99,999", undefined],
] as const)("%s names a place on earth or none", ([place, expected]) => {
  expect(placeOf({ place })).toEqual(expected);
});

test("an event without a place has none", () => {
  expect(placeOf({})).toBeUndefined();
});
