import { expect, test } from "vitest";
import { isOfTenant } from "./record-source.ts";

test.for([
  ["camera/yard-1", true],
  ["feed/trackers", true],
  ["town/north/camera/yard-1", true],
  ["other/north/camera/yard-1", false],
] as const)("%s", ([source, own]) => {
  expect(isOfTenant(source, "town")).toBe(own);
});
