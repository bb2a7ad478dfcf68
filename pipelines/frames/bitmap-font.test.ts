import { expect, test } from "vitest";
import { GLYPH_COLUMNS, GLYPH_ROWS, glyphOf } from "./bitmap-font.ts";

test("every letter and digit has a glyph of its own, inside its cell", () => {
  const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789.,:-%()"];
  const shapes = letters.map((letter) => JSON.stringify(glyphOf(letter)));
  expect(new Set(shapes).size).toBe(letters.length);
  for (const { column, row } of letters.flatMap((letter) => glyphOf(letter))) {
    expect(column < GLYPH_COLUMNS && row < GLYPH_ROWS).toBe(true);
  }
  expect(glyphOf(" ")).toEqual([]);
});

test("Ukrainian and Russian names can be read too", () => {
  const letters = [..."абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё"];
  const shapes = letters.map((letter) => JSON.stringify(glyphOf(letter)));
  expect(new Set(shapes).size).toBe(letters.length);
  expect(shapes).not.toContain(JSON.stringify(glyphOf("?")));
});
