import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { basename, join } from "node:path";
import { openDetector } from "@yardline/edge/open-detector";
import { sharedData } from "../soak/rtsp-cameras.ts";
import { countCalls } from "./gate-calls.ts";
import { say, tell } from "./tell.ts";
import { measureTracking } from "./tracking.ts";

/**
 * How cheaply cameras are watched, each figure beside its budget. Arguments: more clips, as `vtest.avi` of Debian's opencv-doc.
 */
const ROOT = join(import.meta.dirname, "../..");
const data = sharedData(ROOT);
/** Pictures through the network, a frame analysed at 5 fps. */
const CALLS_MOST: Readonly<Record<string, number>> = {
  "intel-one-by-one-person.mp4": 0.4,
  "quiet-courtyard.mp4": 0.02,
  "vtest.avi": 1.2,
};
const ANALYSIS_MS_MOST = 0.6;

const clips = [
  ...Object.keys(CALLS_MOST).map((name) => join(data, "video/clips", name)),
  ...process.argv.slice(2),
].filter((path) => existsSync(path));

say(`bench cameras; load of the machine ${loadavg()[0]?.toFixed(1)}`);
for (const { what, value, unit, budget } of measureTracking(join(data, "video/tracks"))) {
  tell(what, value, unit, budget);
}
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
