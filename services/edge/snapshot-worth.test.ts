import type { Box } from "@yardline/domain/box";
import type { Picture } from "@yardline/domain/picture";
import { expect, test } from "vitest";
import { worthOf } from "./snapshot-worth.ts";

const [WIDTH_PX, HEIGHT_PX] = [160, 90];
const MIDDLE: Box = { left: 0.4, top: 0.4, right: 0.6, bottom: 0.6 };

/** Stripes whose edges are `soft_px` wide. */
function striped(soft_px: number): Picture {
  const data = new Uint8Array(WIDTH_PX * HEIGHT_PX * 1.5).fill(128);
  for (let y = 0; y < HEIGHT_PX; y++) {
    for (let x = 0; x < WIDTH_PX; x++) {
      const wave = Math.sin((x * Math.PI) / 12) * (12 / soft_px);
      data[y * WIDTH_PX + x] = 128 + 100 * Math.max(-1, Math.min(1, wave));
    }
  }
  return { width_px: WIDTH_PX, height_px: HEIGHT_PX, format: "yuv420p", data };
}

const moved = (by: number): Box => ({ ...MIDDLE, left: MIDDLE.left + by, right: MIDDLE.right + by });
const larger: Box = { left: 0.3, top: 0.3, right: 0.7, bottom: 0.7 };

test.for([
  ["the sharper of two", { picture: striped(2) }, { picture: striped(12) }],
  ["the larger of two", { box: larger }, {}],
  ["the surer of two", {}, { score: 0.4 }],
  ["the whole one, not the one that the border cuts", {}, { box: moved(0.4) }],
  ["a large one that is a little soft, not a small sharp one", { picture: striped(3), box: larger }, {}],
  ["a small sharp one, not a large blur", { picture: striped(1) }, { picture: striped(12), box: larger }],
] as const)("%s", ([, better, worse]) => {
  const usual = { picture: striped(2), box: MIDDLE, score: 0.8 };
  expect(worthOf({ ...usual, ...better })).toBeGreaterThan(1.2 * worthOf({ ...usual, ...worse }));
});
