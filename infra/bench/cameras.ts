import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openDetector } from "@yardline/edge/open-detector";
import { sharedData, streamClip } from "../soak/rtsp-cameras.ts";
import { measureBlindness } from "./blindness.ts";
import { measureCosts, type Scene, type Turns } from "./camera-costs.ts";
import { countCalls } from "./gate-calls.ts";
import { say, tell } from "./tell.ts";
import { measureTracking } from "./tracking.ts";

/**
 * How cheaply cameras are watched, each figure beside its budget. Arguments: more clips, as `vtest.avi` of Debian's opencv-doc, which
 * is the busy yard; `quick` looks at each for a moment only, which shows that the bench works and no more.
 */
const ROOT = join(import.meta.dirname, "../..");
const data = sharedData(ROOT);
const clipOf = (name: string) => join(data, "video/clips", name);
/** Pictures through the network, a frame analysed at 5 fps. */
const CALLS_MOST: Readonly<Record<string, number>> = {
  "intel-one-by-one-person.mp4": 0.4,
  "quiet-courtyard.mp4": 0.02,
  "vtest.avi": 1.2,
};
const ANALYSIS_MS_MOST = 0.6;
/** Cameras a core: with YOLOX-nano at 416 pixels, which takes 7.2 ms a call on a core that nobody else wants. */
const CAMERAS_LEAST: Readonly<Record<string, number>> = {
  "intel-one-by-one-person.mp4": 16,
  "vtest.avi": 10,
  "quiet-courtyard.mp4": 60,
};
/** Where fewer of the pictures that were wanted are analysed, the cost is that of doing less. */
const ANALYSED_MIN = 0.9;
const MODEL = "yolox-nano-416";
const CALL_MS = 7.2;
const DECODE_MS = 1.93;
const [BLIND_FIRST_MS_MOST, BLIND_LIGHT_MS_MOST, RECORDING_MOST] = [400, 0, 1];

/** Where a clip begins again is a scene cut: the shortest lasts 30 s, and what is measured is over before. */
const given = process.argv.slice(2);
const quick = given.includes("quick");
const turns: Turns = quick
  ? { rounds: 1, warm_s: 3, measured_s: 3 }
  : { rounds: 5, warm_s: 9, measured_s: 19 };
const seconds_max = quick ? 10 : 60;
const clips = [
  ...Object.keys(CALLS_MOST).map(clipOf),
  ...given.filter((argument) => argument !== "quick"),
].filter((path) => existsSync(path));

say(`bench cameras; load of the machine ${loadavg()[0]?.toFixed(1)}`);
for (const { what, value, unit, budget } of measureTracking(join(data, "video/tracks"))) {
  tell(what, value, unit, budget);
}
const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
try {
  if (!quick) await gateCalls();
  await costs();
  await blindness();
} finally {
  await rm(folder, { recursive: true });
}

async function gateCalls(): Promise<void> {
  const detector = await openDetector({ root: ROOT, report: say, workers: 1, policy: "wait" });
  for (const path of clips) {
    const name = basename(path);
    const most = CALLS_MOST[name];
    const { frames, calls_per_frame, analysis_ms, call_ms, raised } = await countCalls(path, detector);
    say(`     ${name}: ${frames} frames, ${raised} happenings, ${call_ms.toFixed(1)} ms a call`);
    tell(`${name}: calls a frame`, calls_per_frame, "", most === undefined ? undefined : { most });
    tell(`${name}: CPU of a frame not looked at`, analysis_ms, "ms", { most: ANALYSIS_MS_MOST });
  }
  await detector.close();
}

/** Cameras as towns have them, live, with everything counted that each costs. */
async function costs(): Promise<void> {
  const pull = ["models", "pull", MODEL, "--file", join(data, "video/models/yolox_nano_416.onnx")];
  execFileSync(process.execPath, [join(ROOT, "services/cli/main.ts"), ...pull], { stdio: "ignore" });
  const scenes = clips.map((path): Scene => {
    const scene = { name: basename(path), path: join(folder, `${basename(path)}.mp4`) };
    const { bits_per_s } = streamClip(path, scene.path, { seconds_max });
    say(
      `     ${scene.name}: made 1280×720, 25 fps, ${(bits_per_s / 1e6).toFixed(2)} Mb/s, a key frame a second`,
    );
    return scene;
  });
  const four = join(folder, "four.mp4");
  const { bits_per_s } = streamClip(clipOf("intel-one-by-one-person.mp4"), four, {
    kbps: 4_000,
    seconds_max,
  });
  const measured = await measureCosts(scenes, { path: four, folder }, MODEL, turns);
  const slow = measured.decode_ms / DECODE_MS;
  say(`     medians of ${turns.rounds} rounds: a yardstick, every scene at once, a recording`);
  tell("full decode of a 720p picture on this machine meanwhile", measured.decode_ms, "ms");
  say(`     so CPU time counts ${slow.toFixed(2)} times what it does on a quiet core`);
  for (const [name, cost] of measured.cameras) {
    const { decoder_ms, watching_ms, detector_ms, recorder_ms, calls, frames, wanted } = cost;
    const one = (value: number) => value.toFixed(1);
    say(
      `     ${name}: a camera-second costs decoding ${one(decoder_ms)}, watching and garbage ${one(watching_ms)}, ${MODEL} ${one(detector_ms)} ms ` +
        `(${calls.toFixed(2)} calls of ${one(frames)} frames); recording ${one(recorder_ms)} ms beside`,
    );
    if (frames < ANALYSED_MIN * wanted) {
      say(
        `     ${name}: ${one(frames)} of ${one(wanted)} frames a second; the machine is too busy for what follows`,
      );
    }
    const least = CAMERAS_LEAST[name];
    const budget = least === undefined ? undefined : { least };
    const now_ms = decoder_ms + watching_ms + detector_ms;
    tell(`${name}: cameras a core as measured`, 1_000 / now_ms, "");
    const quiet_ms = (decoder_ms + watching_ms) / slow + calls * CALL_MS;
    tell(`${name}: cameras a core, quiet, at ${CALL_MS} ms a call`, 1_000 / quiet_ms, "", budget);
  }
  const share = measured.recording_ms / 10;
  const rate = `${(bits_per_s / 1e6).toFixed(2)} Mb/s`;
  tell(`recording a camera of ${rate} by copy, of a core as measured`, share, "%", { most: RECORDING_MOST });
  tell(`recording a camera of ${rate} by copy, of a quiet core`, share / slow, "%", { most: RECORDING_MOST });
}

async function blindness(): Promise<void> {
  const detector = await openDetector({ root: ROOT, report: say, workers: 1, policy: "wait" });
  const clip = clipOf("intel-one-by-one-person.mp4");
  const { at_first_ms, at_light_ms, changes } = await measureBlindness(clip, folder, detector, quick ? 1 : 2);
  tell("blind after the first decodable picture", at_first_ms, "ms", { most: BLIND_FIRST_MS_MOST });
  tell(`blind at ${changes} changes of light, the longest`, at_light_ms, "ms", { most: BLIND_LIGHT_MS_MOST });
  await detector.close();
}
