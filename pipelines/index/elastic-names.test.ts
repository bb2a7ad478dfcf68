import { expect, test } from "vitest";
import { indicesIn, patternsOf } from "./elastic-names.ts";

const at = (instant: string): number => Date.parse(instant);

test("only the indices of the time that is asked for are asked", () => {
  const span = { from_ms: at("2026-11-15T12:00:00Z"), to_ms: at("2026-11-17T00:00:00Z") };
  expect(indicesIn("town", [3, 365], span)).toEqual([
    "town-3d-2026.11.15*",
    "town-3d-2026.11.16*",
    "town-365d-2026.11.09*",
    "town-365d-2026.11.16*",
  ]);
});

test("for years all are asked, by a pattern a class that matches no other place's", () => {
  const span = { from_ms: 0, to_ms: 2 ** 43 };
  expect(indicesIn("town", [3, 365], span)).toEqual(["town-3d-*", "town-365d-*"]);
  expect(patternsOf("town", [30])).toEqual(["town-30d-*"]);
});
