import type { Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import { type Look, lookAt } from "../input/look.ts";
import { type Policy, type Trouble, WorkerPool } from "../runtime/worker-pool.ts";
import { CENTERNET } from "./manifest.ts";
import type { ScoreMin } from "./peaks.ts";

export type CenterNetOptions = {
  /** The converted model, as `prepareModels` gives it. */
  readonly path: string;
  /** Threads; each takes one core while it works, and about 150 MB. */
  readonly workers: number;
  /** For live pictures `drop-oldest`, for recordings `wait`. */
  readonly policy: Policy;
  /** Detections below are not given. By default the working scores of the model card. */
  readonly score_min?: ScoreMin;
  /** The longer side of the input; 512 unless told. Cost goes with its square; a multiple of 32. */
  readonly side_px?: number;
  readonly queue_max?: number;
  readonly timeout_ms?: number;
  readonly onTrouble?: (trouble: Trouble) => void;
};

const QUEUE_MAX = 16;
const TIMEOUT_MS = 20_000;

/** The default detector. @throws AppError `DETECTOR_BROKEN`, also for a model that cannot be read. */
export async function openCenterNet(options: CenterNetOptions): Promise<Detector> {
  const { path, workers, policy, onTrouble, queue_max = QUEUE_MAX, timeout_ms = TIMEOUT_MS } = options;
  const { score_min = CENTERNET.score_min, side_px = CENTERNET.side_px } = options;
  const pool = await WorkerPool.open<Look, readonly Detection[]>({
    script: new URL("./worker.ts", import.meta.url),
    settings: { path, side_px, score_min },
    workers,
    policy,
    queue_max,
    timeout_ms,
    ...(onTrouble ? { onTrouble } : {}),
  });
  return {
    detect: async (picture, { region, signal } = {}) => pool.run(lookAt(picture, region), signal),
    close: () => pool.close(),
  };
}
