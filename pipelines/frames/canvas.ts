import { assert } from "@yardline/domain/assert";
import type { Box } from "@yardline/domain/box";
import type { Picture } from "@yardline/domain/picture";
import { GLYPH_COLUMNS, GLYPH_ROWS, glyphOf } from "./bitmap-font.ts";

/** Y, U and V of BT.601 limited range. */
export type Colour = readonly [y: number, u: number, v: number];

export const COLOURS = {
  black: [16, 128, 128],
  white: [235, 128, 128],
  grey: [150, 128, 128],
  green: [173, 42, 26],
  yellow: [210, 16, 146],
  red: [81, 90, 240],
  cyan: [170, 166, 16],
  magenta: [106, 202, 222],
  orange: [165, 42, 179],
} as const satisfies Readonly<Record<string, Colour>>;

/** A rectangle of whole pixels; what lies outside the picture is not painted. */
export type Area = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

type Point = readonly [x: number, y: number];

/** Lines are so thick and letters so large that they can be read when the picture fills a screen. */
const HEIGHT_A_PIXEL_PX = 360;
const DASH_PX = 6;

/** Paints on a yuv420p picture, in place. */
export class Canvas {
  readonly #picture: Picture;
  /** Pixels a line or a letter's dot is wide. */
  readonly unit_px: number;
  /** Height of a line of text. */
  readonly line_px: number;
  /** Width of a letter, and how many lines of text fit below one another. */
  readonly letter_px: number;
  readonly lines_max: number;

  constructor(picture: Picture) {
    assert(picture.format === "yuv420p", "only yuv420p can be painted on");
    this.#picture = picture;
    this.unit_px = Math.max(1, Math.round(picture.height_px / HEIGHT_A_PIXEL_PX));
    this.line_px = (GLYPH_ROWS + 2) * this.unit_px;
    this.letter_px = (GLYPH_COLUMNS + 1) * this.unit_px;
    this.lines_max = Math.floor(picture.height_px / this.line_px);
  }

  /** @param strength how much of the picture below is covered, 0 to 1. */
  fill(area: Area, colour: Colour, strength = 1): void {
    const { width_px, height_px, data } = this.#picture;
    const [chroma_width, chroma_height] = [Math.ceil(width_px / 2), Math.ceil(height_px / 2)];
    const [luma_bytes, chroma_bytes] = [width_px * height_px, chroma_width * chroma_height];
    const half = { left: area.left / 2, top: area.top / 2, right: area.right / 2, bottom: area.bottom / 2 };
    const [y, u, v] = colour;
    fillPlane(data.subarray(0, luma_bytes), width_px, height_px, area, y, strength);
    const [u_plane, v_plane] = [
      data.subarray(luma_bytes, luma_bytes + chroma_bytes),
      data.subarray(luma_bytes + chroma_bytes),
    ];
    fillPlane(u_plane, chroma_width, chroma_height, half, u, strength);
    fillPlane(v_plane, chroma_width, chroma_height, half, v, strength);
  }

  /** A box's outline, dashed for what is believed and not seen. */
  outline(box: Box, colour: Colour, dashed = false): void {
    const thick = 2 * this.unit_px;
    const { left, top, right, bottom } = this.areaOf(box);
    const dash = DASH_PX * this.unit_px;
    const [step, length] = dashed ? [2 * dash, dash] : [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let x = left; x < right; x += step) {
      const end = Math.min(right, x + length);
      this.fill({ left: x, top, right: end, bottom: top + thick }, colour);
      this.fill({ left: x, top: bottom - thick, right: end, bottom }, colour);
    }
    for (let y = top; y < bottom; y += step) {
      const end = Math.min(bottom, y + length);
      this.fill({ left, top: y, right: left + thick, bottom: end }, colour);
      this.fill({ left: right - thick, top: y, right, bottom: end }, colour);
    }
  }

  /** A straight line between two points in fractions of the picture. */
  segment(from: Point, to: Point, colour: Colour): void {
    const { width_px, height_px } = this.#picture;
    const thick = 2 * this.unit_px;
    const [x1, y1] = [from[0] * width_px, from[1] * height_px];
    const [across, down] = [to[0] * width_px - x1, to[1] * height_px - y1];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(across), Math.abs(down))));
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [
        Math.round(x1 + (across * step) / steps - thick / 2),
        Math.round(y1 + (down * step) / steps - thick / 2),
      ];
      this.fill({ left: x, top: y, right: x + thick, bottom: y + thick }, colour);
    }
  }

  /** One line of text on a dark ground, kept inside the picture. @returns the area that it covers. */
  text(text: string, at: { readonly left: number; readonly top: number }, colour: Colour): Area {
    const { width_px, height_px } = this.#picture;
    const unit = this.unit_px;
    const [width, height] = [((GLYPH_COLUMNS + 1) * text.length + 1) * unit, this.line_px];
    const left = Math.max(0, Math.min(width_px - width, Math.round(at.left)));
    const top = Math.max(0, Math.min(height_px - height, Math.round(at.top)));
    const ground = { left, top, right: left + width, bottom: top + height };
    this.fill(ground, COLOURS.black, 0.7);
    [...text].forEach((letter, index) => {
      for (const { column, row } of glyphOf(letter)) {
        const x = left + (1 + index * (GLYPH_COLUMNS + 1) + column) * unit;
        const y = top + (1 + row) * unit;
        this.fill({ left: x, top: y, right: x + unit, bottom: y + unit }, colour);
      }
    });
    return ground;
  }

  areaOf({ left, top, right, bottom }: Box): Area {
    const { width_px, height_px } = this.#picture;
    return {
      left: Math.round(left * width_px),
      top: Math.round(top * height_px),
      right: Math.round(right * width_px),
      bottom: Math.round(bottom * height_px),
    };
  }
}

function fillPlane(
  plane: Uint8Array,
  width: number,
  height: number,
  area: Area,
  value: number,
  strength: number,
): void {
  const [left, right] = [Math.max(0, Math.floor(area.left)), Math.min(width, Math.ceil(area.right))];
  const [top, bottom] = [Math.max(0, Math.floor(area.top)), Math.min(height, Math.ceil(area.bottom))];
  for (let y = top; y < bottom; y++) {
    const [from, to] = [y * width + left, y * width + Math.max(left, right)];
    if (strength >= 1) plane.fill(value, from, to);
    else for (let at = from; at < to; at++) plane[at] = (plane[at] ?? 0) * (1 - strength) + value * strength;
  }
}
