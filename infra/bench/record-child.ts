import { setTimeout as delay } from "node:timers/promises";
import { release } from "@yardline/domain/picture";
import { systemClock } from "@yardline/domain/time";
import { openFileStore } from "@yardline/media/files";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { fileInput, pullerArguments } from "@yardline/sources/video/camera-arguments";
import { startFfmpeg } from "@yardline/sources/video/ffmpeg";
import { createFragmentReader, isInit } from "@yardline/sources/video/fragments";
import { createGopRing } from "@yardline/sources/video/gop-ring";
import { createRecorder } from "@yardline/sources/video/recorder";
import { createSegmenter, type Segmenter } from "@yardline/sources/video/segmenter";
import { cpuMsOf } from "./thread-cpu.ts";

/**
 * One camera recorded by copy, played in real time from a file, with nobody looking; prints the CPU ms a second of ffmpeg and of this
 * process, files and their list included. Arguments: clip, folder, seconds to warm up, seconds to measure.
 */
const [clip = "", folder = "", warm_s = "", measured_s = ""] = process.argv.slice(2);

const media = await openFileStore({ folder });
const recorder = createRecorder(
  "bench",
  media.putSegment.bind(media),
  () => undefined,
  systemClock,
  media.grow,
);
const child = startFfmpeg(pullerArguments(fileInput(CameraAddress.parse(clip), { loop: true })));
const read = createFragmentReader();
const gop = createGopRing(() => undefined);
let segmenter: Segmenter | undefined;
child.stdin.end();
child.stdout.on("data", (chunk: Uint8Array) => {
  for (const piece of read(chunk)) {
    if (isInit(piece)) {
      segmenter = createSegmenter(piece);
      continue;
    }
    gop.push(piece);
    const segment = segmenter?.push(piece, Math.round(piece.pts_ms));
    if (segment) recorder.put("bench", segment);
    const grown = segmenter?.grown();
    if (grown) recorder.grow("bench", grown);
  }
  release(chunk);
});
await delay(Number(warm_s) * 1_000);
const [before_ms, began_ms] = [cpuMs(), performance.now()];
await delay(Number(measured_s) * 1_000);
process.stdout.write(`${((cpuMs() - before_ms) * 1_000) / (performance.now() - began_ms)}\n`);
await child.stop();
await recorder.settled();
await media.close();

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + cpuMsOf(child.pid() ?? 0);
}
