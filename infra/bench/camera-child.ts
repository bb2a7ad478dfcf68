import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DetectorShare } from "@yardline/edge/detector-share";
import { LiveCamera } from "@yardline/edge/live-camera";
import { openDetector } from "@yardline/edge/open-detector";
import { cameraOf, partsOf } from "@yardline/edge/testing";
import { treeOf } from "../soak/process-tree.ts";
import { cpuMsOf, isWorkerThread } from "./thread-cpu.ts";

/**
 * One camera watched in full by a process of its own, played in real time from a file, with what it costs as a line of JSON: figures a
 * second. Arguments: clip, model, seconds to warm up, seconds to measure.
 */
const ROOT = join(import.meta.dirname, "../..");
/** Pictures a second that are analysed where key frames come each second. */
const [IDLE_FPS, ACTIVE_FPS] = [1, 5];
const [clip = "", model = "", warm_s = "", measured_s = ""] = process.argv.slice(2);

const detector = await openDetector({
  ...{ root: ROOT, report: () => undefined, model, workers: 1, policy: "drop-oldest" },
});
const parts = partsOf();
const share = new DetectorShare({ lanes: 1, clock: parts.clock });
const began_ms = parts.clock.monotonic_ms();
const camera = new LiveCamera(
  { ...cameraOf("bench", clip), sight: { detector }, recorded: true },
  { ...parts, share },
  [],
);
const stop = new AbortController();
const ended = camera.run(async () => () => undefined, stop.signal);
await delay(Number(warm_s) * 1_000);
const before = reading();
await delay(Number(measured_s) * 1_000);
const after = reading();
stop.abort();
await ended;
await detector.close();

const over_s = (after.at_ms - before.at_ms) / 1_000;
const rate = (of: keyof typeof before) => (after[of] - before[of]) / over_s;
process.stdout.write(
  `${JSON.stringify({
    decoder_ms: rate("decoder_ms"),
    recorder_ms: rate("recorder_ms"),
    watching_ms: rate("watching_ms"),
    detector_ms: rate("detector_ms"),
    calls: rate("looked"),
    frames: rate("looked") + rate("still"),
    wanted: IDLE_FPS * rate("idle_s") + ACTIVE_FPS * rate("active_s"),
  })}\n`,
);

/** Everything so far: CPU of the detector's threads, of all the others that this process has, of both children; and frames. */
function reading() {
  const children = treeOf(process.pid).slice(1);
  const cpuOf = (decodes: boolean) =>
    children
      .filter(({ argv }) => argv.join(" ").includes("-f mp4 -i pipe:0") === decodes)
      .reduce((sum, { pid }) => sum + cpuMsOf(pid), 0);
  const detector_ms = cpuMsOf(process.pid, isWorkerThread);
  const { frames, mode_shares } = camera.statistics();
  const lived_s = (parts.clock.monotonic_ms() - began_ms) / 1_000;
  return {
    at_ms: performance.now(),
    decoder_ms: cpuOf(true),
    recorder_ms: cpuOf(false),
    watching_ms: cpuMsOf(process.pid) - detector_ms,
    detector_ms,
    looked: frames.looked,
    still: frames.still,
    idle_s: mode_shares.idle * lived_s,
    active_s: mode_shares.active * lived_s,
  };
}
