import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { type DetectionSettings, detectionOf } from "@yardline/edge/detection-settings";
import { ExplainFilm } from "@yardline/edge/explain-film";
import type { Sight } from "@yardline/edge/look";
import { openDetectors } from "@yardline/edge/open-detector";
import { Observing } from "@yardline/edge/suggest/observe";
import { linesOf as suggestionLines, zonesOf } from "@yardline/edge/suggest/suggest";
import { RecordingWatch } from "@yardline/edge/watch-recording";
import { PROVIDERS } from "@yardline/models/runtime/providers";
import { PRESENCE_EVERYWHERE, type ScenePlan } from "@yardline/rules/scene/scene-plan";
import { probeRecording, type Recording } from "@yardline/sources/video/probe-recording";
import { readPlaces } from "@yardline/sources/video/read-places";
import { readRecording } from "@yardline/sources/video/read-recording";
import { readCameraFile } from "@yardline/town/camera-file";
import { type OutputFile, openOutput } from "../output-file.ts";
import { defineVerb, type Given, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

/** Pictures watched a second, as of a live camera. */
const RATE_FPS = 5;
const PROGRESS_AFTER_MS = 2_000;
const PROGRESS_EVERY_MS = { terminal: 1_000, log: 5_000 };
const EXIT_STOPPED = 130;

/** Finds what happens in a recording: the same pipeline as a live camera, on media time, nothing dropped. */
export const watch = defineVerb({
  name: "watch",
  summary: "Finds what happens in a recording: events, and the boxes of each picture.",
  usage:
    "VIDEO [--out FILE] [--boxes FILE] [--explain FILE] [--suggest] [--start TIME] [--camera NAME|FILE.yaml] [--model NAME|MANIFEST] [--provider NAME]",
  example: "./yardline watch yard.mp4 --out events.jsonl --boxes boxes.jsonl --start 2026-11-22T08:00:00Z",
  flags: {
    out: { type: "string", help: "events: a CloudEvent a line, the last revision of each occurrence" },
    boxes: { type: "string", help: "boxes of confirmed tracks, a line each, in pixels of the source" },
    explain: {
      type: "string",
      help: "the recording (MP4) with zones, boxes and tracks over it, and beside it what each rule lacks",
    },
    suggest: {
      type: "boolean",
      help: "thresholds that fit what was seen, with what each rests on, on standard output",
    },
    start: { type: "string", help: "when the first picture was taken (default 1970-01-01T00:00:00Z)" },
    camera: {
      type: "string",
      help: "id of the camera (default: the file's name), or a camera.yaml with its zones, lines and rules",
    },
    model: { type: "string", help: "a model of ./yardline models list, or a manifest" },
    provider: { type: "string", help: `where it computes: ${PROVIDERS.join(", ")}` },
  },
  positionals: { min: 1, max: 1 },
  async run(given, world) {
    const [path = ""] = given.positionals;
    const job: Job = {
      path,
      // Who only wants to see why, or to be told what would fit, needs no events.
      out:
        given.flags["explain"] === undefined && given.flags["suggest"] === undefined
          ? textFlag(given, "out")
          : optionalFlag(given, "out"),
      suggest: given.flags["suggest"] === true,
      boxes: optionalFlag(given, "boxes"),
      explain: optionalFlag(given, "explain"),
      start_ms: instantOf(optionalFlag(given, "start") ?? "1970-01-01T00:00:00Z"),
      ...(await cameraOf(optionalFlag(given, "camera"), path)),
    };
    const detection = detectionOf(askedDetection(given), job.detection);
    const recording = await probeRecording(path);
    await using out = job.out === undefined ? undefined : await openOutput(job.out);
    await using boxes = job.boxes === undefined ? undefined : await openOutput(job.boxes);
    const detectors = await openDetectors([detection], {
      root: world.root,
      report: (line) => world.stderr.write(`${line}\n`),
      workers: 1,
      policy: "wait",
    });
    try {
      return await watchAll(job, recording, detectors.sightOf(detection), { out, boxes }, world);
    } finally {
      await detectors.close();
    }
  },
});

type Job = {
  readonly path: string;
  readonly out: string | undefined;
  readonly boxes: string | undefined;
  readonly explain: string | undefined;
  readonly suggest: boolean;
  readonly start_ms: EpochMs;
  readonly camera: string;
  readonly scene: ScenePlan;
  readonly detection: DetectionSettings;
};

/** What was found until the recording broke off, or until somebody stopped us, is written all the same. */
async function watchAll(
  job: Job,
  source_px: Recording,
  sight: Sight,
  { out, boxes }: { readonly out: OutputFile | undefined; readonly boxes: OutputFile | undefined },
  world: World,
): Promise<number> {
  const places = await readPlaces(job.path, job.start_ms, world.signal);
  const watching = new RecordingWatch({ ...job, source_px, sight, places });
  await using film =
    job.explain === undefined ? undefined : new ExplainFilm(job.explain, RATE_FPS, job.start_ms, job.scene);
  const observing = job.suggest ? new Observing(zonesOf(job.scene)) : undefined;
  const progress = progressTeller(world, source_px.duration_s);
  let failure: unknown;
  try {
    const source = { camera: job.camera, start_ms: job.start_ms, rate_fps: RATE_FPS };
    for await (const frame of readRecording(job.path, source, world.signal)) {
      // The detector takes the picture over.
      const copy = film && { ...frame.picture, data: frame.picture.data.slice() };
      const { at_ms, boxes: lines, explained } = await watching.take(frame, world.signal);
      observing?.take(at_ms, explained.watched.tracks);
      await boxes?.write(linesOf(lines));
      if (copy) await film?.add(copy, explained);
      progress.tell((at_ms - job.start_ms) / 1000);
    }
  } catch (thrown) {
    failure = thrown;
  }
  const found = watching.end();
  progress.end();
  await out?.write(linesOf(found.events));
  await boxes?.write(linesOf(found.boxes));
  await film?.end();
  if (observing) world.stdout.write(`${suggestionLines(observing.end()).join("\n")}\n`);
  if (world.signal.aborted) {
    world.stderr.write(`yardline watch: stopped; ${job.out ?? job.explain} has what was found until then\n`);
    return EXIT_STOPPED;
  }
  if (failure !== undefined) throw failure;
  return 0;
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** @throws UsageError for what is no instant: guessing a zone would move events by hours. */
function instantOf(text: string): EpochMs {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new UsageError(`--start ${text} is no time; write it like 2026-11-22T08:00:00Z`);
  }
}

const CAMERA_PATTERN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The camera's id, and what it is watched for. @throws AppError `TOWN_CONFIG` for a file that cannot be used. */
async function cameraOf(
  given: string | undefined,
  path: string,
): Promise<Pick<Job, "camera" | "scene" | "detection">> {
  const camera = idOf(path);
  if (given !== undefined && /\.(ya?ml|json)$/.test(given)) {
    return { camera, ...readCameraFile(await textOf(given), given) };
  }
  if (given !== undefined && !CAMERA_PATTERN.test(given)) {
    throw new UsageError(
      `--camera ${given}: use lower-case Latin letters, digits and hyphens, or name a .yaml file`,
    );
  }
  return { camera: given ?? camera, scene: PRESENCE_EVERYWHERE, detection: {} };
}

/** What the flags say about the detector. @throws UsageError for a provider that there is nowhere. */
function askedDetection(given: Given): DetectionSettings {
  const [model, named] = [optionalFlag(given, "model"), optionalFlag(given, "provider")];
  const provider = PROVIDERS.find((each) => each === named);
  if (named !== undefined && !provider) {
    throw new UsageError(`--provider ${named}: use ${PROVIDERS.join(", ")}`);
  }
  return { ...(model !== undefined && { model }), ...(provider && { provider }) };
}

function idOf(path: string): string {
  const name = basename(path, extname(path)).toLowerCase();
  const words = name.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 63);
  return words.replaceAll(/^-+|-+$/g, "") || "recording";
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new AppError("TOWN_CONFIG", `${file} cannot be read; name a camera.yaml`, { cause });
  }
}

/** Says on standard error how far it is, once it takes longer than somebody waits without wondering. */
function progressTeller({ clock, stderr }: World, duration_s: number | undefined) {
  const every_ms = PROGRESS_EVERY_MS[stderr.isTTY ? "terminal" : "log"];
  let next_ms = clock.monotonic_ms() + PROGRESS_AFTER_MS;
  let told = false;
  return {
    tell(done_s: number): void {
      const now_ms = clock.monotonic_ms();
      if (now_ms < next_ms) return;
      next_ms = now_ms + every_ms;
      told = true;
      const share =
        duration_s === undefined ? "" : ` ${Math.min(100, Math.round((done_s / duration_s) * 100))} %,`;
      const line = `watched${share} ${Math.round(done_s)} s of recording`;
      stderr.write(stderr.isTTY ? `\r${line}` : `${line}\n`);
    },
    end(): void {
      if (told && stderr.isTTY) stderr.write("\n");
    },
  };
}
