import { expect, test } from "vitest";
import { extentOf, type MotPicture, motLine, readTruth, trackPictures } from "./mot.ts";

const SIZE = { width_px: 640, height_px: 480 };

/** Somebody walks to the right, 10 px a picture; the detector misses pictures 6, 9 and 10. */
const walk: readonly MotPicture[] = Array.from({ length: 12 }, (_, k) => ({
  frame: k * 5 + 1,
  k,
  det: [6, 9, 10].includes(k) ? [] : [[100 + 10 * k, 200, 150 + 10 * k, 350]],
}));

test("a line a picture from the second sighting on, one miss bridged, the second of two not", () => {
  const boxes = trackPictures(walk.toReversed(), 5, SIZE);
  expect(boxes.map(({ frame, id, seen }) => [frame, id, seen])).toEqual([
    [6, "1", true],
    [11, "1", true],
    [16, "1", true],
    [21, "1", true],
    [26, "1", true],
    [31, "1", false],
    [36, "1", true],
    [41, "1", true],
    [46, "1", false],
    [56, "1", true],
  ]);
  const lines = boxes.map((box) => motLine(box, SIZE));
  expect(lines[0]).toBe("6,1,110,200,50,150,1,-1,-1,-1");
  const [, , left = 0, top = 0, width = 0, height = 0, confidence] = (lines[5] ?? "").split(",").map(Number);
  expect([left, top, width, height].map(Math.round)).toEqual([160, 200, 50, 150]);
  expect(confidence).toBe(0.5);
});

test("what a written file says is read back; what is not to be judged is left out", () => {
  const text = "1,7,64,48,64,96,1,-1,-1,-1\r\n\n2,7,64,48,64,96,0,-1,-1,-1\n";
  expect(readTruth(text, SIZE)).toEqual([
    { frame: 1, id: "7", box: { left: 0.1, top: 0.1, right: 0.2, bottom: 0.3 }, seen: true },
  ]);
});

test("the picture is at least as large as what was found in it", () => {
  expect(extentOf(walk)).toEqual({ width_px: 260, height_px: 350 });
  expect(extentOf([])).toEqual({ width_px: 1, height_px: 1 });
});
