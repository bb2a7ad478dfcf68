import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import { extentOf, type MotPicture, motLine, type Size, trackPictures } from "@yardline/tracking/mot";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { openOutput } from "../output-file.ts";
import { defineVerb, optionalFlag, textFlag, UsageError } from "../verb.ts";

const FPS_MAX = 240;

/** `det`: left, top, right, bottom and, where known, the score. */
const Detections = Type.Array(
  Type.Object({
    seed: Type.Integer({ minimum: 0 }),
    k: Type.Optional(Type.Integer({ minimum: 0 })),
    frame: Type.Integer({ minimum: 0 }),
    det: Type.Array(Type.Array(Type.Number(), { minItems: 4, maxItems: 5 })),
  }),
);

/** The tracker alone, on boxes from disk, so that others can score it. */
export const track = defineVerb({
  name: "track",
  summary: "Joins boxes over time, for scoring the tracker: a MOTChallenge file a run.",
  usage: "DETECTIONS.json --fps N --out FOLDER [--size WIDTHxHEIGHT] [--seen]",
  example: "./yardline track boxes.json --fps 5 --out tracks",
  flags: {
    fps: { type: "string", help: "Pictures a second in DETECTIONS." },
    out: {
      type: "string",
      help: "Folder for seed-K.txt: frame, id, left, top, width, height, confidence, …",
    },
    size: { type: "string", help: "The picture's size in pixels (default: as far as boxes reach)." },
    seen: {
      type: "boolean",
      help: "Leave out the believed boxes (confidence 0.5) of tracks that the detector missed in just this picture.",
    },
  },
  positionals: { min: 1, max: 1 },
  async run(given) {
    const fps = fpsOf(textFlag(given, "fps"));
    const size = sizeOf(optionalFlag(given, "size"));
    const out = textFlag(given, "out");
    const [path = ""] = given.positionals;
    const runs = Map.groupBy(await readDetections(path), ({ seed }) => seed);
    await makeFolder(out);
    for (const [seed, pictures] of runs) {
      const frame_px = size ?? extentOf(pictures);
      const boxes = trackPictures(pictures, fps, frame_px).filter(({ seen }) => seen || !given.flags["seen"]);
      await using file = await openOutput(join(out, `seed-${seed}.txt`));
      await file.write(boxes.map((box) => `${motLine(box, frame_px)}\n`).join(""));
    }
    return 0;
  },
});

async function readDetections(path: string): Promise<readonly (MotPicture & { readonly seed: number })[]> {
  const unreadable = (why: string, cause?: unknown) =>
    new AppError("DETECTIONS_UNREADABLE", `${path} is no list of detections: ${why}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw unreadable(messageOf(cause), cause);
  }
  if (!Value.Check(Detections, value)) {
    const [first] = Value.Errors(Detections, value);
    throw unreadable(`${first?.instancePath || "/"} ${first?.message ?? "is wrong"}`);
  }
  const told = new Set<string>();
  for (const { seed, frame } of value) {
    if (told.has(`${seed} ${frame}`)) throw unreadable(`seed ${seed} has frame ${frame} twice`);
    told.add(`${seed} ${frame}`);
  }
  return value;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new AppError("OUTPUT_UNWRITABLE", `${path} cannot be made (${messageOf(cause)})`, { cause });
  }
}

function fpsOf(text: string): number {
  const fps = Number(text);
  if (!(fps > 0 && fps <= FPS_MAX)) throw new UsageError(`--fps ${text}: write a number up to ${FPS_MAX}`);
  return fps;
}

function sizeOf(text: string | undefined): Size | undefined {
  if (text === undefined) return undefined;
  const [, width = "", height = ""] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text) ?? [];
  if (width === "") throw new UsageError(`--size ${text}: write it like 1280x720`);
  return { width_px: Number(width), height_px: Number(height) };
}
