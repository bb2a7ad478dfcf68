import { expect, test } from "vitest";
import { recordedTrackIds } from "./track-id.ts";

test("ids are UUIDs, the same every time, and differ by camera, start and serial", () => {
  const idOf = recordedTrackIds("gate", 0);
  expect(idOf(0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(recordedTrackIds("gate", 0)(0)).toBe(idOf(0));
  const all = [idOf(0), idOf(1), recordedTrackIds("gate", 1)(0), recordedTrackIds("yard", 0)(0)];
  expect(new Set(all).size).toBe(all.length);
});
