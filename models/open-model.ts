import type { Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import { type Look, lookAt } from "./input/look.ts";
import type { ScoreMin } from "./manifest.ts";
import { type Model, readModel } from "./read-model.ts";
import { checkProvider, type Provider } from "./runtime/providers.ts";
import { type Policy, type Trouble, WorkerPool } from "./runtime/worker-pool.ts";
import { ensureTried } from "./trial/tried.ts";
import type { TrialLimits } from "./trial/try-model.ts";
import type { WorkerSettings } from "./worker.ts";

export type OpenOptions = {
  /** Threads; each takes one core while it works, and about 150 MB. */
  readonly workers: number;
  /** For live pictures `drop-oldest`, for recordings `wait`. */
  readonly policy: Policy;
  /** Detections below are not given. By default the working scores of the manifest. */
  readonly score_min?: ScoreMin;
  /** Where it computes; the processor unless told. */
  readonly provider?: Provider;
  readonly queue_max?: number;
  readonly timeout_ms?: number;
  /** What the trial of a model that nobody knows may take. */
  readonly trial?: TrialLimits;
  readonly onTrouble?: (trouble: Trouble) => void;
};

const QUEUE_MAX = 16;
const TIMEOUT_MS = 20_000;

/**
 * A detector of any model. Its file is read once: the bytes that were checked are the bytes that run. A
 * model that is not of the catalogue is tried first, in a process of its own; that takes a second or two, once.
 * @throws AppError `DETECTOR_BROKEN`, `DETECTOR_PROVIDER`, and as `readModel` and `ensureTried` do.
 */
export async function openModel(model: Model, options: OpenOptions): Promise<Detector> {
  const { workers, policy, onTrouble, queue_max = QUEUE_MAX, timeout_ms = TIMEOUT_MS } = options;
  const { manifest } = model;
  const { score_min = manifest.score_min ?? {}, provider = "cpu" } = options;
  checkProvider(provider);
  const bytes = await readModel(model);
  await ensureTried({ manifest, bytes, provider }, model.tried, options.trial);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const settings: WorkerSettings = { model: shared, manifest, score_min, provider };
  const pool = await WorkerPool.open<Look, readonly Detection[]>({
    script: new URL("./worker.ts", import.meta.url),
    settings,
    workers,
    policy,
    queue_max,
    timeout_ms,
    ...(onTrouble ? { onTrouble } : {}),
  });
  return {
    detect: async (picture, { region, enlarge, signal } = {}) =>
      pool.run(lookAt(picture, region, enlarge), signal),
    close: () => pool.close(),
  };
}
