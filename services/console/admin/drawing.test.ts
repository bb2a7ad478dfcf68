import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addPoint,
  addShape,
  type Drawing,
  drawingOf,
  movePoint,
  POINTS_MIN,
  removePoint,
  removeShape,
  renameShape,
  undo,
} from "./drawing.ts";

const square = drawingOf([
  {
    ...{ kind: "zone", id: "gate" },
    points: [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  },
]);
const pointsOf = ({ shapes }: Drawing, at = 0) => shapes[at]?.points;

test("a point comes onto the edge that is nearest, and stays inside the picture", () => {
  expect(pointsOf(addPoint(square, 0, [0.5, 0.02]))).toEqual([
    [0, 0],
    [0.5, 0.02],
    [1, 0],
    [1, 1],
    [0, 1],
  ]);
  expect(pointsOf(addPoint(square, 0, [-3, 0.5]))?.at(-1)).toEqual([0, 0.5]);
  expect(pointsOf(movePoint(square, { shape: 0, point: 2 }, [7, 0.123456]))?.[2]).toEqual([1, 0.1235]);
});

test("a line has ends: a point beyond one of them comes between", () => {
  const line = addShape(drawingOf([]), "line");
  expect(pointsOf(addPoint(line, 0, [0.9, 0.5]))).toEqual([
    [0.3, 0.5],
    [0.9, 0.5],
    [0.7, 0.5],
  ]);
});

test("what is pulled is one step, however many pictures it takes", () => {
  const pulled = [0.1, 0.2, 0.3].reduce(
    (drawing, x, n) => movePoint(drawing, { shape: 0, point: 0 }, [x, 0], n > 0),
    square,
  );
  expect(pointsOf(pulled)?.[0]).toEqual([0.3, 0]);
  expect(undo(pulled).shapes).toEqual(square.shapes);
});

test("names are free ones, and a shape keeps the points that make it one", () => {
  const two = addShape(addShape(drawingOf([]), "mask"), "mask");
  expect(two.shapes.map(({ id }) => id)).toEqual(["mask-1", "mask-2"]);
  expect(addShape(renameShape(two, 0, "mask-3"), "mask").shapes.at(-1)?.id).toBe("mask-1");
  const less = [0, 0, 0, 0].reduce((drawing, point) => removePoint(drawing, { shape: 0, point }), two);
  expect(pointsOf(less)?.length).toBe(POINTS_MIN.mask);
  expect(removeShape(two, 5)).toBe(two);
});

test("whatever is done can be taken back to where it began", () => {
  const at = fc.nat(3);
  const corner = fc.tuple(
    fc.double({ noNaN: true, min: -1, max: 2 }),
    fc.double({ noNaN: true, min: -1, max: 2 }),
  );
  const deed = fc.oneof(
    fc
      .constantFrom("zone" as const, "line" as const, "mask" as const)
      .map((kind) => (d: Drawing) => addShape(d, kind)),
    fc.tuple(at, corner).map(
      ([n, to]) =>
        (d: Drawing) =>
          addPoint(d, n, to),
    ),
    fc.tuple(at, at, corner).map(
      ([shape, point, to]) =>
        (d: Drawing) =>
          movePoint(d, { shape, point }, to),
    ),
    fc.tuple(at, at).map(
      ([shape, point]) =>
        (d: Drawing) =>
          removePoint(d, { shape, point }),
    ),
    at.map((n) => (d: Drawing) => removeShape(d, n)),
  );
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      let drawing = deeds.reduce((before, each) => each(before), square);
      for (const { kind, points } of drawing.shapes) {
        expect(points.length).toBeGreaterThanOrEqual(POINTS_MIN[kind]);
        expect(points.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
      }
      while (drawing.past.length > 0) drawing = undo(drawing);
      expect(drawing.shapes).toEqual(square.shapes);
    }),
  );
});
