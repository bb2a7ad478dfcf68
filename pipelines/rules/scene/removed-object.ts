import type { Box } from "@yardline/domain/box";
import { LABELS } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import type { Standing } from "@yardline/frames/standing";
import { defineSceneRule } from "./scene-rule.ts";
import {
  COVERED_MIN,
  endThings,
  explainedBy,
  type HeldThings,
  judgeThings,
  progressOfThings,
  shareIn,
  ThingOptions,
} from "./standing-thing.ts";

/** Where a followed object has been resting. */
type Rest = {
  readonly track: string;
  readonly opened_ms: EpochMs;
  readonly box: Box;
  readonly until_ms: EpochMs;
};

type State = { readonly held: HeldThings; readonly rests: readonly Rest[] };

/**
 * Something that belonged to the scene is gone: what was behind it shows. A car that drives off, or somebody who had waited since
 * the scene was learnt, leaves such a hole too; whoever was followed there since then explains it. Opened once the place was in
 * full view for `stay_min_s`, dated from the first picture without it; closed when it is back. In the first seconds nothing is
 * known to belong to the scene. Cameras say it over ONVIF under names of their makers, as
 * `MissingObject` or `ObjectRemoval`.
 */
export const removedObject = defineSceneRule({
  kind: "removed-object",
  raises: "yard.removed-object",
  severity: "notice",
  at: "zone",
  // Whoever was followed explains what is gone.
  labels: LABELS,
  options: ThingOptions,
  defaults: { stay_min_s: 30, area_min: 0.0006, area_max: 0.05 },
  start: { held: new Map(), rests: [] } as State,
  judge(before, moment, options, where) {
    const rests = restsAfter(before.rests, moment.tracks, moment.at_ms);
    const explain = (standing: Standing) =>
      wasFollowed(standing, rests) ? "ever" : explainedBy(standing, moment.tracks);
    const { held, findings } = judgeThings(before.held, moment, {
      options,
      where,
      wanted: "vanished",
      explain,
    });
    return { state: { held, rests }, findings };
  },
  end: ({ held }, at_ms) => endThings(held, at_ms),
  progress: ({ held }, _at_ms, options, where) => progressOfThings(held, options, where, "vanished"),
});

/** It may have been seen a little after the scene was believed. */
const SCENE_SLACK_MS = 5_000;
/** And last a little before it went. */
const LEFT_SLACK_MS = 15_000;
/** Places are remembered so long after they were left, and so many, the oldest forgotten first. */
const REST_KEPT_MS = 60_000;
const RESTS_MAX = 100;

function wasFollowed({ box, scene_ms, since_ms }: Standing, rests: readonly Rest[]): boolean {
  return rests.some(
    (rest) =>
      rest.opened_ms <= scene_ms + SCENE_SLACK_MS &&
      rest.until_ms >= since_ms - LEFT_SLACK_MS &&
      shareIn(box, rest.box) >= COVERED_MIN,
  );
}

/** A box that still holds most of the last place of its track is the same rest; else a new one begins. */
function restsAfter(before: readonly Rest[], tracks: readonly Track[], at_ms: EpochMs): readonly Rest[] {
  const seen = tracks.filter(({ seen_at_ms }) => seen_at_ms === at_ms);
  if (seen.length === 0 && before.every(({ until_ms }) => at_ms - until_ms <= REST_KEPT_MS)) return before;
  const rests = before.filter(({ until_ms }) => at_ms - until_ms <= REST_KEPT_MS);
  for (const { id, opened_at_ms, last } of seen) {
    const at = rests.findLastIndex(({ track, box }) => track === id && shareIn(last.box, box) >= COVERED_MIN);
    const rest = rests[at];
    if (rest) rests[at] = { ...rest, until_ms: at_ms };
    else rests.push({ track: id, opened_ms: opened_at_ms, box: last.box, until_ms: at_ms });
  }
  return rests.slice(-RESTS_MAX);
}
