import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { Detector } from "@yardline/detection/detector";
import { LABELS, type Label } from "@yardline/domain/detection";
import { AppError, messageOf } from "@yardline/domain/errors";
import { averagePrecision, type Guess, type Truth } from "./average-precision.ts";
import { CENTERNET } from "./centernet/manifest.ts";
import { readPictureFile } from "./input/picture-file.ts";

/** How well a detector finds one class. */
export type LabelScore = {
  readonly label: Label;
  /** Average precision at IoU 0.5. */
  readonly ap50: number;
  /** True boxes of the class. */
  readonly objects: number;
};

const PICTURES_MAX = 100_000;
const IOU_MIN = 0.5;
const PICTURE = /\.(?:jpe?g|png|webp)$/i;

type Folders = { readonly images: string; readonly labels: string };
type Labelled<Item> = Item & { readonly label: Label };

/**
 * Average precision by class on labelled pictures: `images` holds them, `labels` a text file of the same name for each, a line an
 * object, YOLO's form (COCO's class number, centre and size as fractions). A picture without its file has no objects.
 * Classes of which there are none are left out.
 * @param told after each picture.
 * @throws AppError `EVALUATION_INPUT`, and as `readPictureFile` and the detector do; the signal's reason.
 */
export async function evaluate(
  detector: Detector,
  { images, labels }: Folders,
  { told, signal }: { told(done: number, of: number): void; readonly signal: AbortSignal },
): Promise<readonly LabelScore[]> {
  const pictures = (await listOf(images)).filter((name) => PICTURE.test(name)).toSorted();
  if (pictures.length === 0) throw problem(`${images} holds no picture (jpg, png, webp)`);
  if (pictures.length > PICTURES_MAX) throw problem(`${images} holds more than ${PICTURES_MAX} pictures`);
  const texts = new Set(await listOf(labels));
  const truths: Labelled<Truth>[] = [];
  const guesses: Labelled<Guess>[] = [];
  for (const [at, picture] of pictures.entries()) {
    const text = `${basename(picture, extname(picture))}.txt`;
    if (texts.has(text)) truths.push(...truthsOf(picture, await readFile(join(labels, text), "utf8"), text));
    const file = await readPictureFile(join(images, picture));
    const found = await detector.detect(file.picture, { signal });
    guesses.push(...found.map((detection) => ({ ...detection, picture })));
    told(at + 1, pictures.length);
  }
  return LABELS.flatMap((label) => {
    const there = truths.filter((each) => each.label === label);
    const ap50 = averagePrecision(
      guesses.filter((each) => each.label === label),
      there,
      IOU_MIN,
    );
    return ap50 === undefined ? [] : [{ label, ap50, objects: there.length }];
  });
}

function truthsOf(picture: string, text: string, file: string): Labelled<Truth>[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.flatMap((line, at) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    const [number = -1, x = 0, y = 0, width = 0, height = 0] = numbers;
    if (numbers.length < 5 || !numbers.every(Number.isFinite)) {
      throw problem(`${file} line ${at + 1} is not "class x y width height"`);
    }
    const label = LABELS.find((each) => CENTERNET.labels[each] === number);
    const box = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
    return label ? [{ picture, label, box }] : [];
  });
}

async function listOf(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((cause: unknown) => {
    throw problem(`the folder ${folder} cannot be read (${messageOf(cause)})`);
  });
}

function problem(why: string): AppError {
  return new AppError("EVALUATION_INPUT", why);
}
