import { expect, test } from "vitest";
import { isOfTenant, isStampedFor } from "./record-source.ts";

test.for([
  ["camera/yard-1", true, false],
  ["feed/trackers", true, false],
  ["town/north/camera/yard-1", true, true],
  ["other/north/camera/yard-1", false, false],
] as const)("%s", ([source, own, stamped]) => {
  expect([isOfTenant(source, "town"), isStampedFor(source, "town")]).toEqual([own, stamped]);
});
