import type { Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import type { Frame, Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { lumaOf } from "@yardline/frames/luma";
import { type Following, MotionGate, type Standing, type Verdict } from "@yardline/frames/motion-gate";
import type { Stay } from "@yardline/rules/scene/presence";
import { SCENE_RULES } from "@yardline/rules/scene/rules";
import type { Finding } from "@yardline/rules/scene/scene-rule";
import {
  NOTHING_TRACKED,
  type Predicted,
  pass,
  predictedBoxes,
  step,
  type TrackerState,
} from "@yardline/tracking/tracker";

/** What a rule found, with the rule's name. */
export type Raised = { readonly rule: string; readonly finding: Finding<Stay> };

/** One picture of one camera, after the gate, the detector, the tracker and the rules. */
export type Watched = {
  readonly at_ms: EpochMs;
  readonly why: Verdict["why"];
  /** Undefined where the gate spared the detector. */
  readonly detections: readonly Detection[] | undefined;
  /** The tracks alive, and those lost just now. */
  readonly tracks: readonly Track[];
  readonly raised: readonly Raised[];
  /** A copy of the picture, where one was asked for and it was looked at. */
  readonly picture: Picture | undefined;
};

type Settings = {
  readonly detector: Detector;
  /** The UUID of the track with that serial. */
  readonly idOf: (serial: number) => string;
  /** Snapshots need the picture after the detector has taken it over. */
  readonly keepPictures: boolean;
};

/**
 * The way of every picture, live or recorded: gate → detector → tracker → rules. It is driven by frames in the order of their time
 * and knows no other clock, so that the same frames always give the same answers. One at a time: wait for each `take`.
 */
export class Watching {
  readonly #settings: Settings;
  readonly #gate = new MotionGate();
  readonly #rules = SCENE_RULES.map((rule) => ({ kind: rule.kind, use: rule.use(rule.defaults) }));
  #tracker: TrackerState = NOTHING_TRACKED;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Takes the frame's picture over.
   * @throws what the detector throws; the frame then counts as never seen, and the next one may be tried.
   */
  async take({ at_ms, picture }: Frame, signal?: AbortSignal): Promise<Watched> {
    const verdict = this.#gate.judge(lumaOf(picture), at_ms, followingOf(this.#tracker));
    if (!verdict.look) return this.#judged(at_ms, verdict, undefined, undefined);
    const { detector, keepPictures } = this.#settings;
    const kept = keepPictures ? { ...picture, data: picture.data.slice() } : undefined;
    const detections = await detector.detect(picture, signal);
    this.#gate.learn(detections.map(({ box }) => box));
    return this.#judged(at_ms, verdict, detections, kept);
  }

  /** Beside the answers, what is behind them: who is followed, and what stood out in the picture last taken. */
  inside(at_ms: EpochMs): { readonly followed: readonly Predicted[]; readonly standing: Standing } {
    return { followed: predictedBoxes(this.#tracker, at_ms), standing: this.#gate.standing };
  }

  /** The recording or the camera ends: what is open is closed as lost, at the time of the last frame. */
  end(at_ms: EpochMs): readonly Raised[] {
    this.#tracker = { ...this.#tracker, followed: [] };
    return this.#rules.flatMap(({ kind, use }) => use.end(at_ms).map((finding) => ({ rule: kind, finding })));
  }

  #judged(
    at_ms: EpochMs,
    { why }: Verdict,
    detections: readonly Detection[] | undefined,
    picture: Picture | undefined,
  ): Watched {
    const { state, tracks } = detections
      ? step(this.#tracker, at_ms, detections, this.#settings.idOf)
      : pass(this.#tracker, at_ms);
    this.#tracker = state;
    const raised = this.#rules.flatMap(({ kind, use }) =>
      use.take({ at_ms, tracks }).map((finding) => ({ rule: kind, finding })),
    );
    return { at_ms, why, detections, tracks, raised, picture };
  }
}

/** Fewer sightings than this may be a mistake of the detector: another look tells, also where nothing moves. */
const SIGHTINGS_SURE = 3;

function followingOf({ followed }: TrackerState): Following {
  if (followed.length === 0) return "nobody";
  return followed.some(({ track }) => track.sightings < SIGHTINGS_SURE) ? "unsure" : "somebody";
}
