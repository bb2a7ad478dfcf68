import { type Box, holds, iouOf, WHOLE } from "@yardline/domain/box";
import type { Detection, Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { assign } from "./assign.ts";
import { cameBack } from "./came-back.ts";
import type { Followed } from "./followed.ts";
import { addVote, kindOf, labelOf } from "./labels.ts";
import {
  atRest,
  boxOf,
  correct,
  isOutside,
  type Motion,
  motionOf,
  predict,
  spreadOf,
  surprise,
} from "./motion-model.ts";

export type TrackerSettings = {
  /** A box that fits no track opens one from its label's score on; `OPEN_SCORE_MIN` for one that is not named. */
  readonly open_score_min: { readonly [label in Label]?: number };
  /** A weaker box still continues a track that has nothing better (ByteTrack's second stage). */
  readonly keep_score_min: number;
  /** Sightings that make a track `confirmed`. */
  readonly sightings_min: number;
  /** How long an object may be hidden and keep its identity; a tentative one is given up after `tentative_ms`. */
  readonly hidden_max_ms: number;
  readonly tentative_ms: number;
  /** Patience with one that was going out of the picture. */
  readonly gone_ms: number;
};

const OPEN_SCORE_MIN = 0.4;

/** The score from which on a box of that label opens a track. */
export function opensFrom(label: Label, score_min: TrackerSettings["open_score_min"]): number {
  return score_min[label] ?? OPEN_SCORE_MIN;
}

export const TRACKER_DEFAULTS: TrackerSettings = {
  open_score_min: {},
  keep_score_min: 0.2,
  sightings_min: 2,
  hidden_max_ms: 3000,
  tentative_ms: 700,
  gone_ms: 1000,
};

/** Everything that tracking knows of one camera. A value: `step` makes the next one. */
export type TrackerState = {
  readonly at_ms: EpochMs | undefined;
  /** Tracks ever opened: the serial of the next one. */
  readonly opened: number;
  readonly followed: readonly Followed[];
};

export const NOTHING_TRACKED: TrackerState = { at_ms: undefined, opened: 0, followed: [] };

export type Step = {
  readonly state: TrackerState;
  /** All tracks that are alive after this picture, and those that it made `lost`. */
  readonly tracks: readonly Track[];
};

/** Most tracks alive at once; beyond, new objects wait until others are gone. */
export const TRACKS_MAX = 200;

/** The price of leaving a track or a box alone: a pair that surprises more is not made. */
const SURPRISE_MAX = 22;
/** One that was missed at the last look, or may be a mistake itself, must fit that much better than one that was there. */
const UNSURE_PRICE = 4;
/** Pictures this far apart are so few that nobody is sure, and a walker's second box is as vague as anything. */
const UNSURE_DT_MAX_S = 0.8;

/**
 * Takes one looked-at picture in: predicts each track to its time, pairs tracks with boxes at the least total surprise (strong boxes
 * first, then weak ones), opens tracks for strong boxes that fit none, and gives up those hidden for too long. All of it depends on
 * times, not on counts of pictures, so any frame rate and skipped pictures will do. Pure; the order of `detections` does not matter.
 *
 * @param idOf the UUID of the track with that serial (from 0).
 * @param looked the part of the picture that was looked at: over whoever is not all in it time passes as in `pass`.
 */
export function step(
  state: TrackerState,
  at_ms: EpochMs,
  detections: readonly Detection[],
  idOf: (serial: number) => string,
  settings: TrackerSettings = TRACKER_DEFAULTS,
  looked: Box = WHOLE,
): Step {
  const dt_s = secondsSince(state, at_ms);
  const isLooked = ({ motion }: Followed) => holds(looked, boxOf(predict(motion, dt_s)));
  const unlooked = state.followed
    .filter((each) => !isLooked(each))
    .map((each) => passedOver(each, at_ms, dt_s, settings));
  const predicted = state.followed
    .filter(isLooked)
    .map((each) => ({ ...each, motion: predict(each.motion, dt_s) }));
  const judged = predicted.map((each) => (each.misses > 0 ? giveUpIfLong(each, at_ms, settings) : each));
  const moved = alive(judged);
  const sorted = [...detections].sort(inFixedOrder);
  const isStrong = ({ label, score }: Detection) => score >= opensFrom(label, settings.open_score_min);
  const strong = sorted.filter(isStrong);
  const weak = sorted.filter((each) => each.score >= settings.keep_score_min && !isStrong(each));

  const unsure_price = dt_s < UNSURE_DT_MAX_S ? UNSURE_PRICE : 0;
  const first = pair(moved, strong, unsure_price);
  const second = pair(first.unmatched, weak, unsure_price);
  const found = [...first.matched, ...second.matched].map(([each, detection]) =>
    seenAgain(each, detection, at_ms, settings),
  );
  const unseen = second.unmatched.map((each) =>
    giveUpIfLong({ ...each, misses: each.misses + 1 }, at_ms, settings),
  );
  const { matched, hidden, dissolved } = cameBack(found, unseen, settings.sightings_min);
  const fresh = first.left
    .filter((detection) => !matched.some(({ track }) => sameObject(track.last, detection)))
    .slice(0, Math.max(0, TRACKS_MAX - moved.length - unlooked.length))
    .map((detection, index) => opened(detection, at_ms, idOf(state.opened + index), settings));

  const all = [
    ...matched,
    ...hidden,
    ...dissolved,
    ...fresh,
    ...judged.filter(({ track }) => track.state === "lost"),
    ...unlooked,
  ];
  return {
    state: { at_ms, opened: state.opened + fresh.length, followed: alive(all) },
    tracks: all.map(({ track }) => track),
  };
}

/**
 * Time passes over a picture that nobody looked at, because nothing in it was new: who was seen at the last look is still there and
 * has not moved, who was missed then is given up once hidden for too long.
 */
export function pass(
  state: TrackerState,
  at_ms: EpochMs,
  settings: TrackerSettings = TRACKER_DEFAULTS,
): Step {
  const dt_s = secondsSince(state, at_ms);
  const all = state.followed.map((each) => passedOver(each, at_ms, dt_s, settings));
  return { state: { ...state, at_ms, followed: alive(all) }, tracks: all.map(({ track }) => track) };
}

function passedOver(each: Followed, at_ms: EpochMs, dt_s: number, settings: TrackerSettings): Followed {
  if (each.misses === 0) return { ...each, motion: atRest(each.motion), there_ms: at_ms };
  return giveUpIfLong({ ...each, motion: predict(each.motion, dt_s) }, at_ms, settings);
}

/** Where one track is believed to be at some instant. */
export type Predicted = {
  readonly track: Track;
  /** Cut off at the picture's edges. */
  readonly box: Box;
  /** Standard deviation of its place, as a share of the object's own size. */
  readonly spread: number;
  readonly misses: number;
  /** It is confirmed, was found at the last look, and its place is known well enough to tell it from a new object there. */
  readonly sure: boolean;
};

/** A prediction vaguer than this is not sure. A walker seen five times a second stays within it for about half a second. */
const SPREAD_SURE_MAX = 0.25;

/**
 * Where everybody alive is believed to be at `at_ms` without another look, which is not before the state's own time. Pure; asking
 * changes nothing.
 */
export function predictedBoxes(state: TrackerState, at_ms: EpochMs): readonly Predicted[] {
  const dt_s = secondsSince(state, at_ms);
  return state.followed.map(({ track, motion, misses }) => {
    const then = predict(motion, dt_s);
    const spread = spreadOf(then);
    const sure = track.state === "confirmed" && misses === 0 && spread <= SPREAD_SURE_MAX && !isOutside(then);
    return { track, box: boxOf(then), spread, misses, sure };
  });
}

function secondsSince({ at_ms: before_ms }: TrackerState, at_ms: EpochMs): number {
  return Math.max(0, at_ms - (before_ms ?? at_ms)) / 1000;
}

function alive(all: readonly Followed[]): readonly Followed[] {
  return all.filter(({ track }) => track.state !== "lost");
}

function pair(followed: readonly Followed[], detections: readonly Detection[], unsure_price: number) {
  const cost = followed.map(({ motion, votes, misses, track }) =>
    detections.map((detection) =>
      kindOf(detection.label) === votes.kind
        ? surprise(motion, detection.box) + (misses > 0 || track.state === "tentative" ? unsure_price : 0)
        : Number.POSITIVE_INFINITY,
    ),
  );
  const columns = assign(cost, SURPRISE_MAX);
  const matched: [Followed, Detection][] = [];
  const unmatched: Followed[] = [];
  followed.forEach((each, row) => {
    const detection = detections[columns[row] ?? -1];
    if (detection) matched.push([each, detection]);
    else unmatched.push(each);
  });
  const taken = new Set(columns);
  return { matched, unmatched, left: detections.filter((_, column) => !taken.has(column)) };
}

/** A second box on an object that already has its own is a double, not somebody new. */
const DOUBLE_IOU_MIN = 0.7;

function sameObject(a: Detection, b: Detection): boolean {
  return kindOf(a.label) === kindOf(b.label) && iouOf(a.box, b.box) >= DOUBLE_IOU_MIN;
}

function seenAgain(
  { track, motion, votes }: Followed,
  detection: Detection,
  at_ms: EpochMs,
  settings: TrackerSettings,
): Followed {
  const sightings = track.sightings + 1;
  const counted = addVote(votes, detection);
  return {
    motion: correct(motion, detection.box),
    votes: counted,
    misses: 0,
    there_ms: at_ms,
    track: {
      ...track,
      label: labelOf(counted),
      seen_at_ms: at_ms,
      last: detection,
      sightings,
      state: sightings >= settings.sightings_min ? "confirmed" : track.state,
    },
  };
}

function opened(detection: Detection, at_ms: EpochMs, id: string, settings: TrackerSettings): Followed {
  return {
    motion: motionOf(detection.box),
    votes: addVote({ kind: kindOf(detection.label), weights: {} }, detection),
    misses: 0,
    there_ms: at_ms,
    track: {
      id,
      label: detection.label,
      opened_at_ms: at_ms,
      seen_at_ms: at_ms,
      last: detection,
      sightings: 1,
      state: settings.sightings_min > 1 ? "tentative" : "confirmed",
    },
  };
}

function giveUpIfLong(each: Followed, at_ms: EpochMs, settings: TrackerSettings): Followed {
  const { track, motion, there_ms } = each;
  if (at_ms - there_ms <= patience_ms(track, motion, settings)) return each;
  return { ...each, track: { ...track, state: "lost" } };
}

function patience_ms(track: Track, motion: Motion, settings: TrackerSettings): number {
  if (track.state === "tentative") return settings.tentative_ms;
  return isOutside(motion) ? settings.gone_ms : settings.hidden_max_ms;
}

function inFixedOrder(a: Detection, b: Detection): number {
  return (
    b.score - a.score ||
    a.box.left - b.box.left ||
    a.box.top - b.box.top ||
    a.box.right - b.box.right ||
    a.box.bottom - b.box.bottom ||
    (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)
  );
}
