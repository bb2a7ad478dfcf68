import { expect, test } from "vitest";
import { tilesOf } from "./filmstrip-tiles.ts";

test("a strip is described by the size of its tiles and where each is in the clip", () => {
  expect(tilesOf("160x90", "0.2, 1.5, 20")).toEqual({
    ...{ width_px: 160, height_px: 90 },
    tiles: [
      { at: 0, offset_s: 0.2 },
      { at: 1, offset_s: 1.5 },
      { at: 2, offset_s: 20 },
    ],
  });
});

test.each([
  [null, "0, 1"],
  ["160x90", null],
  ["160x0", "0, 1"],
  ["160x90", "0, soon"],
  ["160x90", "-1"],
  ["160x90", Array(61).fill(1).join()],
])("%s and %s describe none", (size, offsets) => {
  expect(tilesOf(size, offsets)).toBeUndefined();
});
