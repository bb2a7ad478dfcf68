import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type EdgeCamera, startEdge } from "@yardline/edge/edge";
import { openDetector } from "@yardline/edge/open-detector";
import { cameraOf, partsOf, YardDetector } from "@yardline/edge/testing";
import { treeOf } from "../soak/process-tree.ts";
type CameraCost = Record<string, number>;

/**
 * One camera on an edge of its own, played in real time from a file: what it cost, one line of JSON. Arguments: clip, model's name or
 * "none", seconds to warm up, seconds to measure.
 */
const ROOT = join(import.meta.dirname, "../..");
const [clip = "", model = "none", warm_s = "5", measured_s = "10"] = process.argv.slice(2);

const detector =
  model === "none"
    ? new YardDetector()
    : await openDetector({ root: ROOT, report: () => undefined, model, workers: 1, policy: "drop-oldest" });
const stop = new AbortController();
const camera: EdgeCamera = { ...cameraOf("bench", clip), recorded: true };
const parts = { ...partsOf(), detector };
const edge = await startEdge([camera], parts, stop.signal);
await delay(Number(warm_s) * 1_000);
const before = reading();
await delay(Number(measured_s) * 1_000);
const after = reading();
stop.abort();
await edge.ended;
await detector.close();

const over_s = (after.at_ms - before.at_ms) / 1_000;
const share = (of: "decoder_ms" | "puller_ms" | "watching_ms" | "other_ms" | "looked" | "frames") =>
  (after[of] - before[of]) / over_s;
const cost: CameraCost = {
  decoder_ms: share("decoder_ms"),
  puller_ms: share("puller_ms"),
  watching_ms: share("watching_ms"),
  detector_ms: share("other_ms"),
  calls: share("looked"),
  frames: share("frames"),
};
process.stdout.write(`${JSON.stringify(cost)}\n`);
console.log(JSON.stringify(edge.findStatistics("bench")));

/** Everything so far: CPU of this thread, of the other threads (the detector's), and of both children. */
function reading() {
  const children = treeOf(process.pid).slice(1);
  const cpuOf = (decodes: boolean) =>
    children
      .filter(({ argv }) => argv.join(" ").includes("-f mp4 -i pipe:0") === decodes)
      .reduce((sum, { pid }) => sum + cpuMsOf(pid), 0);
  const [thread, all] = [process.threadCpuUsage(), process.cpuUsage()];
  const watching_ms = (thread.user + thread.system) / 1_000;
  const { frames } = edge.findStatistics("bench") ?? {};
  return {
    at_ms: performance.now(),
    decoder_ms: cpuOf(true),
    puller_ms: cpuOf(false),
    watching_ms,
    other_ms: (all.user + all.system) / 1_000 - watching_ms,
    looked: frames?.looked ?? 0,
    frames: (frames?.looked ?? 0) + (frames?.still ?? 0),
  };
}

/** Time on a processor of all threads of a process, in ms (proc(5), schedstat: nanoseconds). */
function cpuMsOf(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce((sum, task) => {
    const [ns = "0"] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ");
    return sum + Number(ns) / 1e6;
  }, 0);
}
