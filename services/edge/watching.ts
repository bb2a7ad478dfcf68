import { holds, WHOLE } from "@yardline/domain/box";
import type { Detection } from "@yardline/domain/detection";
import type { Frame, Picture } from "@yardline/domain/picture";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { lumaOf } from "@yardline/frames/luma";
import { type Following, MotionGate, type StandingOut, type Verdict } from "@yardline/frames/motion-gate";
import { findRegion } from "@yardline/frames/regions";
import { tilesOf } from "@yardline/frames/tiles";
import { type View, ViewWatch } from "@yardline/frames/view";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { Moment } from "@yardline/rules/scene/scene-rule";
import { type Raised, type RuleProgress, SceneWatch } from "@yardline/rules/scene/scene-watch";
import {
  NOTHING_TRACKED,
  type Predicted,
  pass,
  predictedBoxes,
  step,
  TRACKER_DEFAULTS,
  type TrackerSettings,
  type TrackerState,
} from "@yardline/tracking/tracker";
import { ExpectedPlaces, SIGHTINGS_SURE } from "./expected-places.ts";
import { type Look, type LookPlan, look, type Sight } from "./look.ts";

/** One picture of one camera, after the gate, the detector, the tracker and the rules. */
export type Watched = {
  readonly at_ms: EpochMs;
  readonly why: Verdict["why"];
  /** Undefined where the gate spared the detector. */
  readonly detections: readonly Detection[] | undefined;
  /** The tracks alive, and those lost just now. */
  readonly tracks: readonly Track[];
  readonly raised: readonly Raised[];
  /** Where pictures were asked for; of one that was looked at it is a copy, since the detector has taken that over. */
  readonly picture: Picture | undefined;
};

type Settings = Sight & {
  /** The UUID of the track with that serial. */
  readonly idOf: (serial: number) => string;
  /** What is watched for. */
  readonly scene: ScenePlan;
  /** Snapshots need the picture after the detector has taken it over. */
  readonly keepPictures: boolean;
};

/** While looks go to parts of the picture, one at the whole comes so often: not all that matters moves. */
const WHOLE_EVERY_MS = 2_000;

/** For who wants to see why. */
export type Inside = {
  /** Everybody who is followed, where they are believed to be. */
  readonly followed: readonly Predicted[];
  /** What stood out from the empty scene. */
  readonly standing: StandingOut;
  readonly view: View | undefined;
  readonly rules: readonly RuleProgress[];
};

/**
 * The way of every picture, live or recorded: gate → detector → tracker → rules. It is driven by frames in the order of their time
 * and knows no other clock, so that the same frames always give the same answers. One at a time: wait for each `take`.
 */
export class Watching {
  readonly #settings: Settings;
  readonly #gate = new MotionGate();
  readonly #views = new ViewWatch();
  /** Begun with the first picture: before it nobody knows the picture's shape. */
  #rules: SceneWatch | undefined;
  readonly #expected = new ExpectedPlaces();
  readonly #tracking: TrackerSettings;
  #tracker: TrackerState = NOTHING_TRACKED;
  /** When the whole picture was looked at last. */
  #whole_at_ms: EpochMs = Number.NEGATIVE_INFINITY;
  /** The moment that the rules took last. */
  #moment: Moment | undefined;
  /** As the last look, or the last picture in which nothing moved, left them. */
  #tracks: readonly Track[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#tracking = { ...TRACKER_DEFAULTS, open_score_min: settings.open_score_min ?? {} };
  }

  /**
   * Takes the frame's picture over.
   * @throws what the detector throws; the frame then counts as never seen, and the next one may be tried.
   */
  async take({ at_ms, picture }: Frame, signal?: AbortSignal): Promise<Watched> {
    this.#rules ??= new SceneWatch(this.#settings.scene, picture.width_px / picture.height_px);
    const luma = lumaOf(picture);
    const view = this.#views.take(picture, luma, at_ms);
    const verdict = this.#gate.judge(luma, at_ms, followingOf(this.#tracker), this.#expected.boxesAt(at_ms));
    const { keepPictures } = this.#settings;
    if (!verdict.look)
      return this.#judged(at_ms, verdict, view, undefined, keepPictures ? picture : undefined);
    const kept = keepPictures ? { ...picture, data: picture.data.slice() } : undefined;
    const seen = await look(this.#settings, picture, this.#planOf(verdict, at_ms, picture), signal);
    if (seen.looked === WHOLE) this.#whole_at_ms = at_ms;
    const boxes = seen.detections.map(({ box }) => box);
    this.#gate.learn(boxes, seen.looked);
    return this.#judged(at_ms, verdict, view, seen, kept);
  }

  #planOf({ why, moved }: Verdict, at_ms: EpochMs, picture: Picture): LookPlan {
    const predicted = predictedBoxes(this.#tracker, at_ms);
    const isUnsure = ({ track, misses }: Predicted) => misses > 0 || track.sightings < SIGHTINGS_SURE;
    const wanted = predicted.filter(isUnsure).map(({ box }) => box);
    const followed = predicted.map(({ box }) => box);
    const isDue =
      at_ms - this.#whole_at_ms >= WHOLE_EVERY_MS ||
      (why !== "moved" && !(why === "sure" && wanted.length > 0));
    const region = isDue ? undefined : findRegion({ moved, wanted, followed }, picture);
    if (!this.#settings.small_objects) return { region, tiles: [] };
    const isNew = why === "first" || why === "light";
    const inRegion = followed.filter((box) => holds(region ?? WHOLE, box));
    return { region, tiles: tilesOf(isNew ? [WHOLE] : [...moved, ...wanted, ...inRegion], picture) };
  }

  /** Beside the answers, what is behind them after the picture last taken. */
  inside(at_ms: EpochMs): Inside {
    const moment = this.#moment;
    return {
      followed: predictedBoxes(this.#tracker, at_ms),
      standing: this.#gate.standing,
      view: moment?.view,
      rules: moment ? (this.#rules?.progress(moment) ?? []) : [],
    };
  }

  /** The recording or the camera ends: what is open is closed as lost, at the time of the last frame. */
  end(at_ms: EpochMs): readonly Raised[] {
    this.#tracker = { ...this.#tracker, followed: [] };
    return this.#rules?.end(at_ms) ?? [];
  }

  #judged(
    at_ms: EpochMs,
    { why }: Verdict,
    view: View,
    seen: Look | undefined,
    picture: Picture | undefined,
  ): Watched {
    const tracks = this.#follow(at_ms, why, seen);
    this.#moment = { at_ms, tracks, view };
    const raised = this.#rules?.take(this.#moment) ?? [];
    return { at_ms, why, detections: seen?.detections, tracks, raised, picture };
  }

  /** Those who move as expected are left as they were until the next look: the tracker steps over the pictures between. */
  #follow(at_ms: EpochMs, why: Verdict["why"], seen: Look | undefined): readonly Track[] {
    if (!seen && why === "expected") return this.#tracks;
    const { state, tracks } = seen
      ? step(this.#tracker, at_ms, seen.detections, this.#settings.idOf, this.#tracking, seen.looked)
      : pass(this.#tracker, at_ms);
    this.#tracker = state;
    this.#tracks = tracks.filter((track) => track.state !== "lost");
    if (seen) this.#expected.take(this.#tracks);
    return tracks;
  }
}

function followingOf({ followed }: TrackerState): Following {
  if (followed.length === 0) return "nobody";
  return followed.some(({ track }) => track.sightings < SIGHTINGS_SURE) ? "unsure" : "somebody";
}
