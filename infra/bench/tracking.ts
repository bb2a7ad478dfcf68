import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MotPicture, readTruth, trackPictures } from "@yardline/tracking/mot";
import { scoreTracks } from "@yardline/tracking/scores";

/** A figure of the tracker, a mean over the seeds, beside its budget. */
export type TrackingRow = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget: { readonly least?: number; readonly most?: number };
};

const SIZE = { width_px: 640, height_px: 480 };
const SOURCE_FPS = 25;
/** CPU time is told in microseconds, and the first runs are slower than the many that follow on a camera. */
const ROUNDS = 20;

const BUDGETS = [
  { fps: 25, idf1_least: 0.95, switches_most: 0.5 },
  { fps: 5, idf1_least: 0.86, switches_most: 3 },
];
const CPU_MS_MOST = 0.1;

/** @param folder of TUD-Campus with noisy boxes: `../shared/data/video/tracks`. */
export function measureTracking(folder: string): readonly TrackingRow[] {
  const truth = readTruth(readFileSync(join(folder, "TUD-Campus.gt.txt"), "utf8"), SIZE);
  return BUDGETS.flatMap(({ fps, idf1_least, switches_most }) => {
    const text = readFileSync(join(folder, `dets_TUD-Campus_${fps}.json`), "utf8");
    const pictures: readonly (MotPicture & { readonly seed: number })[] = JSON.parse(text);
    const runs = [...Map.groupBy(pictures, ({ seed }) => seed).values()];
    const looked = truth.filter(({ frame }) => (frame - 1) % (SOURCE_FPS / fps) === 0);
    const scores = runs.map((run) => scoreTracks(looked, trackPictures(run, fps, SIZE)));
    const before = process.cpuUsage();
    for (let round = 0; round < ROUNDS; round++) for (const run of runs) trackPictures(run, fps, SIZE);
    const { user, system } = process.cpuUsage(before);
    const mean = (of: (score: (typeof scores)[number]) => number) =>
      scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
    const cpu_ms = (user + system) / 1000 / ROUNDS / pictures.length;
    return [
      {
        what: `tracker at ${fps} fps: IDF1`,
        value: mean(({ idf1 }) => idf1),
        unit: "",
        budget: { least: idf1_least },
      },
      {
        what: `tracker at ${fps} fps: identity switches`,
        value: mean(({ switches }) => switches),
        unit: "",
        budget: { most: switches_most },
      },
      {
        what: `tracker at ${fps} fps: CPU a frame`,
        value: cpu_ms,
        unit: "ms",
        budget: { most: CPU_MS_MOST },
      },
    ];
  });
}
