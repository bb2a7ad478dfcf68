import { expect, test } from "vitest";
import { lumaOf } from "./luma.ts";
import { SceneMemory } from "./scene-memory.ts";
import { pictureOf, type Scene, withBox, yard } from "./testing/drawn-yard.ts";

const luma = (scene: Scene) => lumaOf(pictureOf(scene));

test("a thing is unlike the scene in brighter light too, and where the light came from is not", () => {
  const memory = new SceneMemory(luma(yard), 0);
  for (let at_ms = 800; at_ms <= 16_000; at_ms += 800) memory.take(luma(yard), at_ms);
  const bag = withBox(yard, [100, 100, 120, 120], 220);
  const share = 100 / (160 * 90);
  expect(memory.take(luma(bag), 16_800)).toBeCloseTo(share, 4);
  // The light halves: bag and yard together.
  expect(
    memory.take(
      luma((x, y) => bag(x, y) / 2),
      17_600,
    ),
  ).toBeCloseTo(share, 4);
  expect(
    memory.take(
      luma((x, y) => yard(x, y) / 2),
      18_400,
    ),
  ).toBeCloseTo(0, 4);
});

test("who stands in the first picture is forgotten soon after leaving", () => {
  const memory = new SceneMemory(luma(withBox(yard, [100, 60, 120, 120], 20)), 0);
  const away = [800, 2_400, 4_000, 5_600, 7_200].map((at_ms) => memory.take(luma(yard), at_ms));
  expect(away.map((share) => share > 0)).toEqual([true, true, true, true, false]);
});
