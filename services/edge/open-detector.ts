import type { Detector } from "@yardline/detection/detector";
import type { Label } from "@yardline/domain/detection";
import { type CenterNetOptions, openCenterNet } from "@yardline/models/centernet/centernet";
import { prepareModels } from "@yardline/models/prepare";
import { TRACKER_DEFAULTS } from "@yardline/tracking/tracker";

type Options = Pick<CenterNetOptions, "workers" | "policy" | "onTrouble"> & {
  /** The checkout: where the converted model is kept. */
  readonly root: string;
  /** Told only when the model has to be made first, which takes seconds. */
  readonly report: (line: string) => void;
};

/**
 * The default detector for watching. It gives faint boxes too: the tracker keeps a track alive by them, and opens none.
 * @throws AppError as `prepareModels` and `openCenterNet` do.
 */
export async function openDetector({ root, report, ...options }: Options): Promise<Detector> {
  const { path } = await prepareModels({ root, report });
  return openCenterNet({ path, ...options, score_min: FAINT });
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
