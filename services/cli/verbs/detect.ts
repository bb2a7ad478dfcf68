import { availableParallelism } from "node:os";
import type { Detector } from "@yardline/detection/detector";
import { AppError } from "@yardline/domain/errors";
import { DEFAULT_MODEL } from "@yardline/models/catalogue";
import { getModel } from "@yardline/models/find-model";
import { readPictureFile } from "@yardline/models/input/picture-file";
import { openModel } from "@yardline/models/open-model";
import { type OutputFile, openOutput } from "../output-file.ts";
import { defineVerb, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

/** Low enough to draw the whole precision–recall curve; what events are built on is in the model card. */
const SCORE_MIN = 0.05;
const PICTURES_MAX = 100_000;
const WORKERS_MAX = 4;
const PROGRESS_AFTER_MS = 2_000;
const EXIT_FAILED = 1;
const EXIT_STOPPED = 130;

/** The detector alone, on pictures from disk: for measuring it, and for seeing what a camera would see. */
export const detect = defineVerb({
  name: "detect",
  summary: "Finds people, vehicles and dogs on pictures.",
  usage: "PICTURE… --out FILE [--score-min SCORE] [--model NAME|MANIFEST]",
  example: "./yardline detect yard.jpg gate.png --out boxes.jsonl",
  flags: {
    out: {
      type: "string",
      help: 'A line a box: {"file","label","score","box":[left,top,right,bottom]}, in pixels.',
    },
    "score-min": { type: "string", help: `Leave out boxes below this score, 0 to 1 (default ${SCORE_MIN}).` },
    model: {
      type: "string",
      help: `A model of ./yardline models list, or a manifest (${DEFAULT_MODEL.name}).`,
    },
  },
  positionals: { min: 1, max: PICTURES_MAX },
  async run(given, world) {
    const score_min = scoreOf(optionalFlag(given, "score-min") ?? String(SCORE_MIN));
    await using out = await openOutput(textFlag(given, "out"));
    const report = (line: string): void => void world.stderr.write(`yardline: ${line}\n`);
    const model = await getModel(optionalFlag(given, "model") ?? DEFAULT_MODEL.name, {
      root: world.root,
      report,
    });
    const workers = Math.min(availableParallelism(), WORKERS_MAX);
    const detector = await openModel(model, { workers, policy: "wait", score_min });
    try {
      return await detectAll(given.positionals, workers, detector, out, world);
    } finally {
      await detector.close();
    }
  },
});

/** One picture that fails is one line on standard error; the others go on. */
async function detectAll(
  files: readonly string[],
  workers: number,
  detector: Detector,
  out: OutputFile,
  world: World,
): Promise<number> {
  const started_ms = world.clock.monotonic_ms();
  let told_ms = started_ms;
  let done = 0;
  let failed = 0;
  // One more than there are workers, so that a picture is decoded while others are looked at.
  for await (const { lines, failure } of inOrder(files, workers + 1, (file) =>
    linesOf(file, detector, world.signal),
  )) {
    if (world.signal.aborted) {
      world.stderr.write(`yardline detect: stopped after ${done} of ${files.length} pictures\n`);
      return EXIT_STOPPED;
    }
    done++;
    await out.write(lines);
    if (failure !== undefined) {
      failed++;
      world.stderr.write(`yardline detect: ${failure}\n`);
    }
    const now_ms = world.clock.monotonic_ms();
    if (now_ms - told_ms >= PROGRESS_AFTER_MS) {
      told_ms = now_ms;
      world.stderr.write(`yardline: ${done} of ${files.length} pictures\n`);
    }
  }
  return failed > 0 ? EXIT_FAILED : 0;
}

type Outcome = { readonly lines: string; readonly failure?: string };

async function linesOf(file: string, detector: Detector, signal: AbortSignal): Promise<Outcome> {
  try {
    const { picture, width_px, height_px } = await readPictureFile(file);
    const detections = await detector.detect(picture, { signal });
    const lines = detections.map(({ label, score, box: { left, top, right, bottom } }) => {
      const box = [left * width_px, top * height_px, right * width_px, bottom * height_px].map(hundredths);
      return `${JSON.stringify({ file, label, score: Math.round(score * 1e4) / 1e4, box })}\n`;
    });
    return { lines: lines.join("") };
  } catch (thrown) {
    if (thrown instanceof AppError) return { lines: "", failure: thrown.message };
    if (signal.aborted) return { lines: "" };
    throw thrown;
  }
}

function hundredths(value_px: number): number {
  return Math.round(value_px * 100) / 100;
}

/** Results in the order of the items, at most `width` of them in work. */
async function* inOrder<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for (const item of items) {
    running.push(work(item));
    const first = running.length >= width ? running.shift() : undefined;
    if (first) yield await first;
  }
  for (const rest of running) yield await rest;
}

function scoreOf(text: string): number {
  const score = Number(text);
  if (text.trim() === "" || !(score >= 0 && score <= 1)) {
    throw new UsageError(`--score-min ${text} is no score; write a number from 0 to 1`);
  }
  return score;
}
