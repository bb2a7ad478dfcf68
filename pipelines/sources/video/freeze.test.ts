import { expect, test } from "vitest";
import { createFreezeWatch } from "./freeze.ts";

const picture = (grey: number) => ({
  width_px: 64,
  height_px: 48,
  format: "yuv420p" as const,
  data: new Uint8Array(64 * 48 * 1.5).fill(grey),
});

/** Whether the camera counts as frozen after each of these pictures, five a second. */
function frozenAfter(greys: readonly number[]): boolean[] {
  const isFrozen = createFreezeWatch();
  return greys.map((grey, i) => isFrozen(picture(grey), i * 200));
}

test("a minute of the same picture is a freeze, another picture ends it", () => {
  const frozen = frozenAfter([...new Array(310).fill(7), 8, 9]);
  expect(frozen.indexOf(true)).toBe(300);
  expect(frozen.slice(-3)).toEqual([true, false, false]);
});

test("a few pictures over and over are a freeze too: that is how an encoder shows a still", () => {
  expect(frozenAfter(Array.from({ length: 310 }, (_, i) => i % 5)).at(-1)).toBe(true);
});

test("noise, or a picture that changes now and then, is none", () => {
  expect(frozenAfter(Array.from({ length: 600 }, (_, i) => i % 200))).not.toContain(true);
  expect(frozenAfter(Array.from({ length: 600 }, (_, i) => Math.floor(i / 25)))).not.toContain(true);
});
