import fc from "fast-check";
import { expect, test } from "vitest";
import { lineColors } from "./line-color.ts";

test("white on dark lines, black on light ones, grey where the timetable gives no colour", () => {
  expect(lineColors("1f77b4")).toEqual({ ground: "#1f77b4", ink: "#ffffff" });
  expect(lineColors("F2C037")).toEqual({ ground: "#F2C037", ink: "#000000" });
  const grey = { ground: "#5b6660", ink: "#ffffff" };
  for (const color of [undefined, "", "FFFFFF", "red", "12345", "</a>"])
    expect(lineColors(color)).toEqual(grey);
});

test("a line's number can be read on any colour", () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => value.toString(16).padStart(6, "0"));
  fc.assert(
    fc.property(hex, (color) => {
      expect(contrastOf(lineColors(color))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

/** WCAG 2, written again from its text. */
function contrastOf({ ground, ink }: { readonly ground: string; readonly ink: string }): number {
  const luminance = (color: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const part = Number(`0x${color.slice(1 + at * 2, 3 + at * 2)}`) / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [dark = 0, light = 0] = [luminance(ground), luminance(ink)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
