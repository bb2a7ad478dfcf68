import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { AppError, messageOf } from "@yardline/domain/errors";
import { CATALOGUE, DEFAULT_MODEL } from "@yardline/models/catalogue";
import { evaluate } from "@yardline/models/evaluate";
import { findModel, getModel } from "@yardline/models/find-model";
import { openModel } from "@yardline/models/open-model";
import { pullModel } from "@yardline/models/pull-model";
import { PROVIDERS, type Provider } from "@yardline/models/runtime/providers";
import { verifyModel } from "@yardline/models/verify-model";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;
const PROGRESS_AFTER_MS = 2_000;
const EXIT_FAILED = 1;
/** Low enough to draw the whole precision–recall curve. */
const SCORE_MIN = 0.05;

/** The networks: which there are, bringing one, holding it to its manifest, measuring it. */
export const models = defineVerb({
  name: "models",
  summary: "Lists, brings, checks and measures the networks that find things on pictures.",
  usage:
    "list | pull NAME|MANIFEST [--file FILE] | verify [NAME|MANIFEST…] | evaluate --images FOLDER --labels FOLDER [--model NAME|MANIFEST]",
  example: "./yardline models pull yolox-nano-416",
  flags: {
    file: { ...text, help: "pull: take this ONNX file instead of fetching; for a machine without internet." },
    images: { ...text, help: "evaluate: the folder of pictures." },
    labels: {
      ...text,
      help: 'evaluate: a text file a picture, lines "class x y width height" (YOLO, COCO).',
    },
    model: { ...text, help: `evaluate: which model (${DEFAULT_MODEL.name}).` },
    provider: { ...text, help: `verify, evaluate: where it computes, ${PROVIDERS.join(", ")} (cpu).` },
  },
  positionals: { min: 1, max: 50 },
  async run(given, world) {
    const [what = "", ...named] = given.positionals;
    const work = { list, pull, verify, evaluate: measure }[what];
    if (!work) throw new UsageError(`models: there is list, pull, verify and evaluate, no "${what}"`);
    return work(named, given, world);
  },
});

/** A line a model: name, family, licence, where it comes from, and whether its file is here. */
async function list(_named: readonly string[], _given: Given, world: World): Promise<number> {
  for (const { name, family, licence, origin } of CATALOGUE) {
    const { path } = await findModel(name, world.root);
    const from =
      "url" in origin ? origin.url : "package" in origin ? `package ${origin.package}` : origin.file;
    const here = existsSync(path) ? "here" : "not here";
    const mark = name === DEFAULT_MODEL.name ? " (default)" : "";
    world.stdout.write(`${name}${mark}  ${family}  ${licence}  ${here}  ${from}\n`);
  }
  return 0;
}

async function pull(named: readonly string[], given: Given, world: World): Promise<number> {
  const [name, another] = named;
  if (name === undefined || another !== undefined) throw new UsageError("models pull: name one model");
  const model = await findModel(name, world.root);
  const report = (line: string): void => void world.stderr.write(`yardline: ${line}\n`);
  if ("package" in model.manifest.origin) await getModel(name, { root: world.root, report });
  else {
    const say = paced(world);
    await pullModel(model, {
      file: optionalFlag(given, "file"),
      fetch: globalThis.fetch,
      signal: world.signal,
      told: (bytes, of) => say(`${mebibytes(bytes)} of ${of === undefined ? "?" : mebibytes(of)} MiB`),
    });
  }
  world.stdout.write(`${model.manifest.name} is at ${model.path}\n`);
  return 0;
}

/** All that are here, where none is named. */
async function verify(named: readonly string[], given: Given, world: World): Promise<number> {
  const provider = providerOf(given);
  let failed = 0;
  let seen = 0;
  for (const name of named.length > 0 ? named : CATALOGUE.map((each) => each.name)) {
    const model = await findModel(name, world.root);
    if (named.length === 0 && !existsSync(model.path)) continue;
    seen++;
    try {
      const { look_ms, memory_bytes } = await verifyModel(model, provider);
      const cost = `a look takes ${Math.round(look_ms)} ms, all of it ${mebibytes(memory_bytes)} MiB of memory`;
      world.stdout.write(`${model.manifest.name}: as its manifest says; ${cost}\n`);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      failed++;
      world.stdout.write(`${model.manifest.name}: ${thrown.code}: ${messageOf(thrown)}\n`);
    }
  }
  if (seen === 0) world.stdout.write("no model is here yet; ./yardline models pull brings one\n");
  return failed > 0 ? EXIT_FAILED : 0;
}

/** A line a class on standard output. */
async function measure(_named: readonly string[], given: Given, world: World): Promise<number> {
  const folders = { images: textFlag(given, "images"), labels: textFlag(given, "labels") };
  const report = (line: string): void => void world.stderr.write(`yardline: ${line}\n`);
  const found = await getModel(optionalFlag(given, "model") ?? DEFAULT_MODEL.name, {
    root: world.root,
    report,
  });
  const detector = await openModel(found, {
    workers: Math.min(2, availableParallelism()),
    policy: "wait",
    score_min: SCORE_MIN,
    provider: providerOf(given),
  });
  try {
    const say = paced(world);
    const told = (done: number, of: number) => say(`${done} of ${of} pictures`);
    const scores = await evaluate(detector, folders, { told, signal: world.signal });
    for (const { label, ap50, objects } of scores) {
      world.stdout.write(`${label.padEnd(10)} AP50 ${ap50.toFixed(3)}  ${objects} objects\n`);
    }
  } finally {
    await detector.close();
  }
  return 0;
}

function providerOf(given: Given): Provider {
  const name = optionalFlag(given, "provider") ?? "cpu";
  const provider = PROVIDERS.find((each) => each === name);
  if (!provider) throw new UsageError(`--provider ${name}: there is ${PROVIDERS.join(", ")}`);
  return provider;
}

/** Lines for whoever waits longer than they would without wondering. */
function paced({ clock, stderr }: World): (line: string) => void {
  let told_ms = clock.monotonic_ms();
  return (line) => {
    const now_ms = clock.monotonic_ms();
    if (now_ms - told_ms < PROGRESS_AFTER_MS) return;
    told_ms = now_ms;
    stderr.write(`yardline: ${line}\n`);
  };
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
