import type { Detector } from "@yardline/detection/detector";
import type { Label } from "@yardline/domain/detection";
import { DEFAULT_MODEL } from "@yardline/models/catalogue";
import { getModel } from "@yardline/models/find-model";
import { type OpenOptions, openModel } from "@yardline/models/open-model";
import { TRACKER_DEFAULTS } from "@yardline/tracking/tracker";

type Options = Pick<OpenOptions, "workers" | "policy" | "onTrouble" | "provider" | "timeout_ms"> & {
  /** A name of the catalogue, or a manifest's path; the default one unless told. */
  readonly model?: string;
  /** The checkout: where the converted model is kept. */
  readonly root: string;
  /** Told only when the model has to be made first, which takes seconds. */
  readonly report: (line: string) => void;
};

/**
 * A detector for watching. It gives faint boxes too: the tracker keeps a track alive by them, and opens none.
 * @throws AppError as `getModel` and `openModel` do.
 */
export async function openDetector({ root, report, model, ...options }: Options): Promise<Detector> {
  const found = await getModel(model ?? DEFAULT_MODEL.name, { root, report });
  return openModel(found, { ...options, score_min: FAINT });
}

const faint = TRACKER_DEFAULTS.keep_score_min;
const FAINT = {
  person: faint,
  bicycle: faint,
  car: faint,
  motorcycle: faint,
  bus: faint,
  truck: faint,
  dog: faint,
} satisfies Record<Label, number>;
