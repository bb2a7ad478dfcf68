import { LABELS, type Label } from "@yardline/domain/detection";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import { FEW, LITTLE, niceSeconds, quantile, shapeOf } from "./distribution.ts";
import type { Observed, Seen, ZoneSeen } from "./observe.ts";

/** One threshold that an installer may write, or why none can be said. */
export type Suggestion = {
  /** A zone's name, or none: for the whole camera. */
  readonly zone?: string;
  /** Which threshold it is, in words. */
  readonly about: string;
  /** As it stands in a camera.yaml. Undefined: too little was seen. */
  readonly setting: string | undefined;
  /** What it rests on, and what it would have done to this recording. */
  readonly because: readonly string[];
};

/** One that was seen so often and came so far is nothing that the detector dreamt. */
const [SURE_SIGHTINGS, SURE_MOVED] = [5, 1];
/** And one that was seen so seldom and trembled in one place may be. */
const DOUBTFUL_MOVED = 0.4;
const SCORE_STEP = 0.05;
/** Of the smallest who were seen, so much: the next one may be further away. */
const HEIGHT_ROOM = 0.8;
const HEIGHT_DIGITS = 2;
/** Longer than those who only pass, by so much. */
const STAY_ROOM = 1.5;
const LONG_SHARE = 0.95;
/** So many of those who surely were there may be turned away. */
const SMALL_SHARE = 0.05;
/** So seldom there are so many. */
const CROWD_SHARE = 0.01;
const CROWD_MIN = 2;

/** The zones that the rules of a plan look at, and the whole picture. */
export function zonesOf({ rules }: ScenePlan) {
  const zones = rules.flatMap(({ where: { zone, polygon } }) => (polygon ? [[zone, polygon] as const] : []));
  return new Map([["all", undefined] as const, ...zones]);
}

/** Thresholds out of what was seen. None stands on fewer than five; those on fewer than thirty say so. */
export function suggest({ seen, zones }: Observed): readonly Suggestion[] {
  const labels = LABELS.filter((label) => seen.some((each) => each.label === label));
  return [
    ...labels.flatMap((label) =>
      ofLabel(
        label,
        seen.filter((each) => each.label === label),
      ),
    ),
    ...[...zones].flatMap(([zone, of]) => ofZone(zone, of)),
  ];
}

function ofLabel(label: Label, seen: readonly Seen[]): readonly Suggestion[] {
  const sure = seen.filter(({ sightings, moved }) => sightings >= SURE_SIGHTINGS && moved >= SURE_MOVED);
  const doubtful = seen.filter(
    ({ sightings, moved }) => sightings < SURE_SIGHTINGS && moved < DOUBTFUL_MOVED,
  );
  const weigh = (name: "score" | "height", least: number) => {
    const kept = (of: readonly Seen[]) =>
      `${of.filter((each) => each[name] >= least).length} of ${of.length}`;
    return `lets in ${kept(sure)} who surely were there, ${kept(doubtful)} doubtful`;
  };
  const [scores, heights] = [sure.map(({ score }) => score), sure.map(({ height }) => height)];
  const score = floorTo(quantile(scores, SMALL_SHARE) ?? 0, SCORE_STEP);
  const height = floorTo(HEIGHT_ROOM * (quantile(heights, SMALL_SHARE) ?? 0), 10 ** -HEIGHT_DIGITS);
  return [
    resting(`score of a ${label}`, scores, `score_min: { ${label}: ${score} }`, [
      `best scores of ${shapeOf(scores)}; of doubtful ones ${shapeOf(doubtful.map((each) => each.score))}`,
      weigh("score", score),
    ]),
    resting(`height of a ${label}`, heights, `height_min: { ${label}: ${height} }`, [
      `largest heights of ${shapeOf(heights)}`,
      weigh("height", height),
    ]),
  ];
}

function ofZone(zone: string, { stays_s, stands_s, at_once_s, crowds }: ZoneSeen): readonly Suggestion[] {
  const longer = (values: readonly number[]) => niceSeconds(STAY_ROOM * (quantile(values, LONG_SHARE) ?? 0));
  const reach = (values: readonly number[], least: number) => values.filter((each) => each >= least).length;
  const suggestions: Suggestion[] = [];
  if (stays_s.length > 0) {
    const after_s = longer(stays_s);
    suggestions.push(
      resting("loitering", stays_s, `rule: loitering, after_s: ${after_s}`, [
        `stays of people, ${shapeOf(stays_s, " s", 1)}`,
        `would have been raised ${reach(stays_s, after_s)} times`,
      ]),
      ofCrowds(stays_s, at_once_s, crowds),
    );
  }
  if (stands_s.length > 0) {
    const after_s = longer(stands_s);
    suggestions.push(
      resting("stopped vehicles", stands_s, `rule: vehicle-stopped, after_s: ${after_s}`, [
        `the longest that each vehicle stood, ${shapeOf(stands_s, " s", 1)}`,
        `would have been raised ${reach(stands_s, after_s)} times`,
      ]),
    );
  }
  return suggestions.map((each) => ({ zone, ...each }));
}

function ofCrowds(
  stays_s: readonly number[],
  at_once_s: readonly number[],
  crowds: readonly number[],
): Suggestion {
  const whole_s = at_once_s.reduce((sum, each) => sum + each, 0);
  const shareFrom = (number: number) =>
    at_once_s.slice(number).reduce((sum, each) => sum + each, 0) / whole_s;
  const upTo = (share: number) =>
    at_once_s.findIndex((_, number) => shareFrom(number + 1) <= 1 - share + 1e-9);
  const most = at_once_s.findLastIndex((time_s) => time_s > 0);
  const count_min = Math.max(CROWD_MIN, upTo(1 - CROWD_SHARE) + 1);
  return resting("crowding", stays_s, `rule: crowding, count_min: ${count_min}, after_s: 10`, [
    `people at once: half the time up to ${upTo(0.5)}, 95 % of it ${upTo(0.95)}, 99 % ${upTo(0.99)}, most ${most}`,
    `would have been raised ${crowds[count_min] ?? 0} times`,
  ]);
}

/** A setting with what it rests on; without it where that is too little. */
function resting(
  about: string,
  sample: readonly number[],
  setting: string,
  because: readonly string[],
): Suggestion {
  if (sample.length < FEW)
    return { about, setting: undefined, because: [`too few: ${sample.length}`, ...because.slice(0, 1)] };
  const doubt = sample.length < LITTLE ? [`rests on ${sample.length} only: try a longer recording`] : [];
  return { about, setting, because: [...because, ...doubt] };
}

function floorTo(value: number, step: number): number {
  return Number((Math.floor(value / step + 1e-9) * step).toFixed(HEIGHT_DIGITS));
}

/** For a person to read, and to copy from. */
export function linesOf(observed: Observed): readonly string[] {
  const { lasted_s, seen, left_out } = observed;
  const head = `${Math.round(lasted_s)} s watched, ${seen.length} tracks. What is rarer than that is not in it.`;
  const body = suggest(observed).flatMap(({ zone, about, setting, because }) => [
    `${about}${zone === undefined ? "" : `, zone ${zone}`}: ${setting ?? "no suggestion"}`,
    ...because.map((reason) => `    ${reason}`),
  ]);
  return [
    head,
    ...(left_out > 0 ? [`${left_out} more tracks were left out: too many for one run.`] : []),
    ...body,
  ];
}
