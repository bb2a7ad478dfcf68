import { expect, test } from "vitest";
import { thumbnailView } from "./thumbnail-view.ts";

test.each([
  ["a small thing in the middle", [0.48, 0.45, 0.52, 0.55], "inset(30% 30% 30% 30%)"],
  ["at the edge the part stays in the picture", [0, 0.9, 0.05, 1], "inset(60% 60% 0% 0%)"],
  ["a tall one", [0.4, 0.2, 0.6, 0.6], "inset(10% 20% 30% 20%)"],
  ["one that fills the picture", [0, 0, 1, 1], "inset(0% 0% 0% 0%)"],
] as const)("%s", (_, box, view) => {
  expect(thumbnailView(box)).toBe(view);
});
