import type { DetectOptions, Detector } from "@yardline/detection/detector";
import { areaOf, type Box, WHOLE } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";
import { within } from "@yardline/frames/crop";
import { expect, test } from "vitest";
import { look } from "./look.ts";

const PICTURE: Picture = { width_px: 2, height_px: 2, format: "rgb24", data: new Uint8Array(12) };
const box = (left: number, right: number): Box => ({ left, top: 0.4, right, bottom: 0.5 });
const seen = (at: Box, score = 0.8): Detection => ({ label: "person", score, box: at });

/** Sees these people in whatever part they are, cut off where it ends. */
function sightOf(people: readonly Detection[]) {
  const asked: DetectOptions[] = [];
  const detector: Detector = {
    async detect(_picture, options = {}) {
      asked.push(options);
      return people
        .map((each) => ({ ...each, box: within(each.box, options.region ?? WHOLE) }))
        .filter((each) => areaOf(each.box) > 0);
    },
    close: async () => undefined,
  };
  return { asked, detector };
}

const region: Box = { left: 0, top: 0.2, right: 0.4, bottom: 0.6 };

test("one look at the region, and nothing more where it cuts nobody", async () => {
  const sight = sightOf([seen(box(0.1, 0.15)), seen(box(0.7, 0.75))]);
  expect(await look(sight, PICTURE, { region, tiles: [] }, undefined)).toEqual({
    detections: [seen(box(0.1, 0.15))],
    looked: region,
  });
  expect(sight.asked).toEqual([{ region, enlarge: false }]);
});

test("who is surely cut is looked at in the whole; a faint shape at the edge is left out", async () => {
  const sure = sightOf([seen(box(0.3, 0.5))]);
  expect(await look(sure, PICTURE, { region, tiles: [] }, undefined)).toEqual({
    detections: [seen(box(0.3, 0.5))],
    looked: WHOLE,
  });
  expect(sure.asked.map((asked) => asked.region)).toEqual([region, undefined]);
  const faint = [seen(box(0.3, 0.5), 0.45)];
  const strict = { ...sightOf(faint), open_score_min: { person: 0.5 } };
  expect(await look(strict, PICTURE, { region, tiles: [] }, undefined)).toEqual({
    detections: [],
    looked: region,
  });
});

test("tiles are blown up, and somebody on the border of two is one", async () => {
  const tiles = [
    { left: 0, top: 0.3, right: 0.3, bottom: 0.6 },
    { left: 0.2, top: 0.3, right: 0.5, bottom: 0.6 },
  ];
  const sight = sightOf([seen(box(0.22, 0.26)), seen(box(0.28, 0.32)), seen(box(0.1, 0.45))]);
  const { detections } = await look(sight, PICTURE, { region: undefined, tiles }, undefined);
  // The third is larger than the overlap: the whole picture alone shows it uncut.
  expect(detections.map((each) => each.box)).toEqual([box(0.1, 0.45), box(0.22, 0.26), box(0.28, 0.32)]);
  expect(sight.asked.map(({ enlarge }) => enlarge)).toEqual([true, true, false]);
});
