import type { Box } from "@yardline/domain/box";
import { LABELS } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { measuredSeconds } from "./progress.ts";
import {
  defineSceneRule,
  type Finding,
  type Happening,
  type Moment,
  type Sighting,
  Type,
  type Where,
} from "./scene-rule.ts";
import { roundedShare, shownAgain } from "./shown.ts";
import { standsIn } from "./zone.ts";

/** Enough of them since a moment: a crowd, once that has lasted. */
type Crowd = {
  readonly since_ms: EpochMs;
  /** The last moment with enough of them. */
  readonly until_ms: EpochMs;
  readonly count_max: number;
  readonly shown: NonNullable<Happening["shown"]>;
  readonly label: Track["label"];
  readonly open: boolean;
};

/** How many are there now, and the crowd that they are or were just now. */
type State = { readonly count: number; readonly crowd: Crowd | undefined };

/** So many at once in a zone, for a while. About the zone and nobody in it: the event names no track. */
export const crowding = defineSceneRule({
  kind: "crowding",
  raises: "yard.crowding",
  severity: "notice",
  at: "zone",
  labels: ["person"],
  options: Type.Object({
    count_min: Type.Integer({ minimum: 2, maximum: 200, description: "So many at once are a crowd." }),
    after_s: Type.Number({ minimum: 0, maximum: 3_600, description: "Raised when it has lasted so long." }),
    release_s: Type.Number({
      minimum: 0,
      maximum: 600,
      description: "Over when there were fewer for so long.",
    }),
  }),
  defaults: { count_min: 6, after_s: 10, release_s: 10 },
  start: { count: 0, crowd: undefined } as State,
  judge({ crowd: before }, moment, options, where) {
    const { at_ms } = moment;
    const there = thoseIn(moment, where);
    const count = there.length;
    if (count >= options.count_min) {
      const crowd = grown(before, there, at_ms);
      const open = crowd.open || at_ms - crowd.since_ms >= options.after_s * 1000;
      const state = crowd.open ? "updated" : "opened";
      const findings = open ? [findingOf(state, crowd, at_ms, options.count_min)] : [];
      return { state: { count, crowd: { ...crowd, open } }, findings };
    }
    if (!before) return { state: { count, crowd: undefined }, findings: [] };
    if (before.open && at_ms - before.until_ms < options.release_s * 1000)
      return { state: { count, crowd: before }, findings: [] };
    const findings = before.open ? [findingOf("closed", before, at_ms, options.count_min, "left")] : [];
    return { state: { count, crowd: undefined }, findings };
  },
  end: ({ crowd }, at_ms, { count_min }) =>
    crowd?.open ? [findingOf("closed", crowd, at_ms, count_min, "lost")] : [],
  progress: ({ count, crowd }, at_ms, { count_min, after_s }) => [
    {
      open: crowd?.open ?? false,
      measures: [
        { name: "at once", has: count, least: count_min },
        ...(crowd
          ? [{ name: "lasts", has: measuredSeconds(at_ms - crowd.since_ms), least: after_s, unit: "s" }]
          : []),
      ],
    },
  ],
});

function thoseIn({ tracks }: Moment, { polygon }: Where): readonly Track[] {
  return tracks.filter(
    ({ state, last }) => state === "confirmed" && (polygon === undefined || standsIn(polygon, last.box)),
  );
}

function grown(before: Crowd | undefined, there: readonly Track[], at_ms: EpochMs): Crowd {
  return {
    since_ms: before?.since_ms ?? at_ms,
    until_ms: at_ms,
    count_max: Math.max(before?.count_max ?? 0, there.length),
    shown: shownAgain(before?.shown, together(there, at_ms)),
    label: LABELS.find((label) => there.some((track) => track.label === label)) ?? "person",
    open: before?.open ?? false,
  };
}

/** One box around all of them; the picture with most of them in it shows the crowd best. */
function together(there: readonly Track[], at_ms: EpochMs): Sighting {
  const boxes = there.map(({ last }) => last.box);
  const box: Box = {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
  // Summed in a fixed order: adding the same scores otherwise may differ in the last digit.
  const scores = there.map(({ last }) => last.score).sort((a, b) => a - b);
  return { at_ms, box, score: scores.reduce((sum, score) => sum + score, 0) / there.length };
}

function findingOf(
  state: Finding["state"],
  { since_ms, until_ms, count_max, shown, label }: Crowd,
  at_ms: EpochMs,
  threshold: number,
  ended?: "left" | "lost",
): Finding {
  const facts = { label, score: roundedShare(shown.best.score), count_max, threshold };
  const data = { since_ms, until_ms, shown, facts, ...(ended && { ended }) };
  return { state, at_ms, key: `@${since_ms}`, data };
}
