import { expect, test } from "vitest";
import { lumaOf } from "./luma.ts";
import { likenessOf } from "./scene-structure.ts";
import { pictureOf, type Scene, withBox, yard } from "./testing/drawn-yard.ts";

const { cells } = lumaOf(pictureOf(yard));
const likeness = (scene: Scene) => likenessOf(lumaOf(pictureOf(scene)), cells);

test("light changes nothing, neither does infrared that turns bright and dark about", () => {
  expect(likeness(yard)).toEqual({ lost: 0, energy: 1 });
  expect(likeness((x, y) => 30 + yard(x, y) / 2)).toMatchObject({ lost: 0 });
  expect(likeness((x, y) => 220 - yard(x, y))).toMatchObject({ lost: 0 });
});

test("what is covered is lost, block by block", () => {
  expect(likeness(withBox(yard, [0, 0, 160, 180], 90)).lost).toBeCloseTo(0.5, 1);
  expect(likeness(() => 90)).toEqual({ lost: 1, energy: 0 });
});

test("a scene without edges says nothing", () => {
  expect(likenessOf(lumaOf(pictureOf(yard)), new Float32Array(cells.length).fill(90)).lost).toBeUndefined();
});
