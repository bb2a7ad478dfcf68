import { LABELS } from "@yardline/domain/detection";
import { letterboxOf } from "@yardline/frames/letterbox";
import { expect, test } from "vitest";
import { DEFAULT_MODEL } from "../catalogue.ts";
import { classesOf, type ScoreMin } from "../manifest.ts";
import { CELL_PX, centernet } from "./centernet.ts";

// An upright picture: 16 × 32 cells, of which the picture takes all.
const letterbox = letterboxOf({ width_px: 64, height_px: 128 }, 128, 32);
const [WIDTH, HEIGHT] = [letterbox.input_width_px / CELL_PX, letterbox.input_height_px / CELL_PX];
const AREA = WIDTH * HEIGHT;

const peaksOf = (maps: ReturnType<typeof mapsWith>, box: typeof letterbox, score_min: ScoreMin) =>
  centernet.read(maps, box, classesOf(DEFAULT_MODEL, score_min));

type Spot = { label: (typeof LABELS)[number]; x: number; y: number; score: number };

function mapsWith(spots: readonly Spot[]) {
  const heat = new Float32Array(LABELS.length * AREA);
  for (const { label, x, y, score } of spots) heat[LABELS.indexOf(label) * AREA + y * WIDTH + x] = score;
  const reach = Float32Array.from(
    { length: 4 * AREA },
    (_, at) => [8, 16, 12, 20][Math.floor(at / AREA)] ?? 0,
  );
  return { heat, reach };
}

test("a hot cell is an object: its place by four pixels a cell, its box by its reach", () => {
  const maps = mapsWith([{ label: "bus", x: 4, y: 8, score: 0.75 }]);
  expect(peaksOf(maps, letterbox, 0.5)).toEqual([
    { label: "bus", score: 0.75, box: { left: 8 / 64, top: 16 / 128, right: 28 / 64, bottom: 52 / 128 } },
  ]);
});

test("a neighbour that is cooler is the same object; two cells away, or of another label, is another", () => {
  const spots: readonly Spot[] = [
    { label: "person", x: 4, y: 8, score: 0.75 },
    { label: "person", x: 5, y: 9, score: 0.5 },
    { label: "person", x: 7, y: 9, score: 0.5 },
    { label: "dog", x: 5, y: 9, score: 0.5 },
  ];
  const found = peaksOf(mapsWith(spots), letterbox, 0.25);
  expect(found.map(({ label, score }) => `${label} ${score}`)).toEqual([
    "person 0.75",
    "person 0.5",
    "dog 0.5",
  ]);
});

test("at the picture's corners boxes end with the picture, and rows do not run into one another", () => {
  const spots: readonly Spot[] = [
    { label: "car", x: 0, y: 0, score: 0.5 },
    { label: "car", x: WIDTH - 1, y: 0, score: 0.75 },
    { label: "car", x: 0, y: 1, score: 0.75 },
    { label: "car", x: WIDTH - 1, y: HEIGHT - 1, score: 0.5 },
  ];
  expect(peaksOf(mapsWith(spots), letterbox, 0.25).map(({ box }) => box)).toEqual([
    { left: 52 / 64, top: 0, right: 1, bottom: 20 / 128 },
    { left: 0, top: 0, right: 12 / 64, bottom: 24 / 128 },
    { left: 52 / 64, top: 108 / 128, right: 1, bottom: 1 },
  ]);
});

test("each label has its own lowest score", () => {
  const least = { person: 0.5, bicycle: 0.5, car: 0.5, motorcycle: 0.5, bus: 0.5, truck: 0.5, dog: 0.25 };
  const spots = LABELS.map((label): Spot => ({ label, x: 4, y: 4, score: 0.375 }));
  const found = peaksOf(mapsWith(spots), letterbox, least);
  expect(found.map(({ label }) => label)).toEqual(["dog"]);
});

test("maps of another size than the input's are refused", () => {
  const { heat, reach } = mapsWith([]);
  for (const maps of [{}, { heat, reach: heat }, { heat: heat.subarray(1), reach }, { heat: reach, reach }]) {
    expect(() => centernet.read(maps, letterbox, classesOf(DEFAULT_MODEL, 0.5))).toThrow("centernet family");
  }
});
