import { type Picture, pictureBytes } from "@yardline/domain/picture";
import fc from "fast-check";
import { expect, test } from "vitest";
import { glyphOf } from "./bitmap-font.ts";
import { Canvas, COLOURS } from "./canvas.ts";

const GREY = 90;

function grey(width_px: number, height_px: number): Picture {
  const data = new Uint8Array(pictureBytes(width_px, height_px, "yuv420p")).fill(GREY);
  return { width_px, height_px, format: "yuv420p", data };
}

/** The Y plane, a letter a pixel: `#` white, `.` as it was, `o` anything else. */
function drawn({ width_px, height_px, data }: Picture): readonly string[] {
  return Array.from({ length: height_px }, (_, y) =>
    [...data.subarray(y * width_px, (y + 1) * width_px)]
      .map((value) => (value === COLOURS.white[0] ? "#" : value === GREY ? "." : "o"))
      .join(""),
  );
}

test("a letter is readable without any font", () => {
  const rows = Array.from({ length: 7 }, () => Array.from({ length: 5 }, () => "."));
  for (const { column, row } of glyphOf("a")) rows[row]?.splice(column, 1, "#");
  expect(rows.map((row) => row.join(""))).toEqual([
    ".###.",
    "#...#",
    "#...#",
    "#...#",
    "#####",
    "#...#",
    "#...#",
  ]);
  expect(glyphOf("ß")).toEqual(glyphOf("?"));
});

test("an outline has corners and thickness, a dashed one has gaps", () => {
  const picture = grey(40, 16);
  new Canvas(picture).outline({ left: 0, top: 0, right: 1, bottom: 1 }, COLOURS.white);
  expect(drawn(picture)[0]).toBe("#".repeat(40));
  expect(drawn(picture)[8]).toBe(`##${".".repeat(36)}##`);
  const dashed = grey(40, 16);
  new Canvas(dashed).outline({ left: 0, top: 0, right: 1, bottom: 1 }, COLOURS.white, true);
  expect(drawn(dashed)[0]).toContain("######......######");
});

test("a line of any slope has no holes", () => {
  const picture = grey(24, 12);
  new Canvas(picture).segment([0, 0], [1, 1], COLOURS.white);
  for (const [y, row] of drawn(picture).entries()) expect(row.slice(2 * y, 2 * y + 2)).toBe("##");
});

test("whatever is painted, nothing outside the picture is touched and nothing breaks", () => {
  const side = fc.integer({ min: 1, max: 33 });
  const share = fc.double({ min: -2, max: 3, noNaN: true });
  fc.assert(
    fc.property(side, side, share, share, share, share, (width, height, left, top, right, bottom) => {
      const picture = grey(width, height);
      const canvas = new Canvas(picture);
      canvas.outline({ left, top, right, bottom }, COLOURS.red);
      canvas.segment([left, top], [right, bottom], COLOURS.magenta);
      canvas.text("3f2a person 0.82", { left: left * width, top: top * height }, COLOURS.white);
      expect(picture.data.length).toBe(pictureBytes(width, height, "yuv420p"));
    }),
  );
});
