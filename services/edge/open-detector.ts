import type { Detector } from "@yardline/detection/detector";
import type { Label } from "@yardline/domain/detection";
import { AppError } from "@yardline/domain/errors";
import { DEFAULT_MODEL } from "@yardline/models/catalogue";
import { getModel } from "@yardline/models/find-model";
import { type OpenOptions, openModel } from "@yardline/models/open-model";
import { TRACKER_DEFAULTS } from "@yardline/tracking/tracker";
import type { DetectionSettings } from "./detection-settings.ts";
import type { Sight } from "./look.ts";

type Options = Pick<OpenOptions, "workers" | "policy" | "onTrouble" | "timeout_ms"> & {
  /** The checkout: where the converted model is kept. */
  readonly root: string;
  /** Told only when the model has to be made first, which takes seconds. */
  readonly report: (line: string) => void;
};

/** Each takes threads and memory of its own. */
const DETECTORS_MAX = 4;

/** The detectors of several cameras: one for each model and provider, however many cameras share it. */
export type Detectors = {
  /** How a camera of these settings sees; they are among those that were opened for. */
  sightOf(settings: DetectionSettings): Sight;
  close(): Promise<void>;
};

/**
 * Opens what these cameras need, all or nothing.
 * @throws AppError `DETECTORS_TOO_MANY`, and as `getModel` and `openModel` do.
 */
export async function openDetectors(
  cameras: readonly DetectionSettings[],
  options: Options,
): Promise<Detectors> {
  const kinds = new Map(cameras.map((settings) => [kindOf(settings), settings]));
  if (kinds.size > DETECTORS_MAX) {
    const message = `the cameras ask for ${kinds.size} different detectors; one box runs at most ${DETECTORS_MAX}`;
    throw new AppError("DETECTORS_TOO_MANY", message);
  }
  const opened = new Map<string, Opened>();
  const close = async () => {
    await Promise.all([...opened.values()].map(({ detector }) => detector.close()));
  };
  try {
    for (const [kind, settings] of kinds) opened.set(kind, await open(settings, options));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    sightOf(settings) {
      const { detector, score_min } = opened.get(kindOf(settings)) ?? missing(settings);
      return {
        detector,
        open_score_min: { ...score_min, ...settings.score_min },
        small_objects: settings.small_objects ?? false,
      };
    },
    close,
  };
}

/** The one detector of these settings, without the cameras around it. @throws AppError as `getModel` and `openModel` do. */
export async function openDetector({
  model,
  ...options
}: Options & { readonly model?: string }): Promise<Detector> {
  const { detector } = await open(model === undefined ? {} : { model }, options);
  return detector;
}

type Opened = { readonly detector: Detector; readonly score_min: Sight["open_score_min"] };

/** It gives faint boxes too: the tracker keeps a track alive by them, and opens none. */
async function open({ model, provider = "cpu" }: DetectionSettings, options: Options): Promise<Opened> {
  const found = await getModel(model ?? DEFAULT_MODEL.name, options);
  const detector = await openModel(found, { ...options, provider, score_min: FAINT });
  return { detector, score_min: found.manifest.score_min };
}

function kindOf({ model = DEFAULT_MODEL.name, provider = "cpu" }: DetectionSettings): string {
  return JSON.stringify([model, provider]);
}

function missing({ model, provider }: DetectionSettings): never {
  throw new Error(`no detector was opened for ${model} on ${provider}`);
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
