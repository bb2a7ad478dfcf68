import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LABELS, type Label } from "@yardline/domain/detection";
import { describe, expect, test } from "vitest";
import { averagePrecision } from "../average-precision.ts";
import { DEFAULT_MODEL } from "../catalogue.ts";
import { readPictureFile } from "../input/picture-file.ts";
import { openModel } from "../open-model.ts";
import { prepareModels } from "../prepare.ts";
import { CENTERNET } from "./manifest.ts";

const COCO = "../shared/data/video/coco64";
const SCORE_MIN = 0.05;

/** YOLO's text form: class, centre and size as fractions of the picture. */
async function truthsOf(picture: string) {
  const text = await readFile(join(COCO, "labels", picture.replace(".jpg", ".txt")), "utf8");
  return text
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [number = -1, x = 0, y = 0, width = 0, height = 0] = line.split(" ").map(Number);
      const label = LABELS.find((each) => CENTERNET.labels[each] === number);
      const box = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
      return label ? [{ picture, label, box }] : [];
    });
}

describe.skipIf(!existsSync(COCO))(
  "photographs with known boxes (skipped where ../shared/data is absent)",
  () => {
    test("average precision at IoU 0.5 is what the model card says", { timeout: 60_000 }, async () => {
      const { path } = await prepareModels({ root: ".", report: () => {} });
      const detector = await openModel(
        { manifest: DEFAULT_MODEL, path },
        {
          workers: 2,
          policy: "wait",
          score_min: SCORE_MIN,
          queue_max: 100,
        },
      );
      const pictures = await readdir(join(COCO, "images"));
      const truths = (await Promise.all(pictures.map(truthsOf))).flat();
      const guesses = await Promise.all(
        pictures.map(async (picture) => {
          const file = await readPictureFile(join(COCO, "images", picture));
          return (await detector.detect(file.picture)).map((detection) => ({ ...detection, picture }));
        }),
      );
      await detector.close();
      const precisionOf = (label: Label) => {
        const of = <Item extends { label: Label }>(items: readonly Item[]) =>
          items.filter((each) => each.label === label);
        return averagePrecision(of(guesses.flat()), of(truths), 0.5) ?? 0;
      };
      expect(precisionOf("person")).toBeGreaterThan(0.68);
      expect(precisionOf("car")).toBeGreaterThan(0.5);
      expect(precisionOf("bus")).toBeGreaterThan(0.9);
    });
  },
);
