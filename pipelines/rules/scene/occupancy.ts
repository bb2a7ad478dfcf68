import type { EpochMs } from "@yardline/domain/time";
import { hourOf } from "./hour.ts";
import { defineSceneRule, type Finding, type Moment, Type, type Where } from "./scene-rule.ts";
import { standsIn } from "./zone.ts";

type Counting = {
  /** When the local hour began, and when counting in it did. */
  readonly hour_ms: EpochMs;
  readonly since_ms: EpochMs;
  readonly at_ms: EpochMs;
  /** Those there, by track; only their number leaves this rule. */
  readonly inside: ReadonlySet<string>;
  readonly watched_ms: number;
  /** Of each of them, summed. */
  readonly present_ms: number;
  readonly peak: number;
  readonly entered: number;
};

/**
 * How many were in a zone, hour by hour of the town's clock: on average, most at once, and how many came. Numbers alone, of nobody
 * in particular: no track, no picture. Told when the hour is over.
 */
export const occupancy = defineSceneRule({
  kind: "occupancy",
  raises: "yard.occupancy",
  severity: "info",
  at: "zone",
  labels: ["person"],
  options: Type.Object({
    gap_max_s: Type.Number({
      minimum: 1,
      maximum: 600,
      description: "Between two pictures further apart nobody was looking: that time counts for nothing.",
    }),
  }),
  defaults: { gap_max_s: 5 },
  start: undefined as Counting | undefined,
  judge(before, moment, { gap_max_s }, where) {
    const hour_ms = hourOf(moment.at_ms, where.timezone);
    const inside = insideAt(moment, where);
    if (!before) return { state: begun(hour_ms, moment.at_ms, inside), findings: [] };
    if (before.hour_ms === hour_ms)
      return { state: counted(before, moment.at_ms, inside, gap_max_s), findings: [] };
    const findings = [findingOf(before, moment.at_ms)];
    // Who stays over the full hour is there in the new one, but did not come in it.
    return { state: { ...begun(hour_ms, moment.at_ms, inside), entered: newIn(before, inside) }, findings };
  },
  end: (state, at_ms) => (state && state.watched_ms > 0 ? [findingOf(state, at_ms, "lost")] : []),
  progress: (state) => [
    {
      open: false,
      measures: [
        { name: "inside", has: state?.inside.size ?? 0 },
        { name: "most", has: state?.peak ?? 0 },
        { name: "came", has: state?.entered ?? 0 },
      ],
    },
  ],
});

function insideAt({ tracks }: Moment, { polygon }: Where): ReadonlySet<string> {
  const there = tracks.filter(
    ({ state, last }) => state === "confirmed" && (polygon === undefined || standsIn(polygon, last.box)),
  );
  return new Set(there.map(({ id }) => id));
}

function begun(hour_ms: EpochMs, at_ms: EpochMs, inside: ReadonlySet<string>): Counting {
  const counts = { watched_ms: 0, present_ms: 0, peak: inside.size, entered: inside.size };
  return { hour_ms, since_ms: at_ms, at_ms, inside, ...counts };
}

function counted(before: Counting, at_ms: EpochMs, inside: ReadonlySet<string>, gap_max_s: number): Counting {
  const passed_ms = at_ms - before.at_ms;
  const watched_ms = passed_ms <= gap_max_s * 1000 ? passed_ms : 0;
  return {
    ...before,
    at_ms,
    inside,
    watched_ms: before.watched_ms + watched_ms,
    present_ms: before.present_ms + watched_ms * before.inside.size,
    peak: Math.max(before.peak, inside.size),
    entered: before.entered + newIn(before, inside),
  };
}

function newIn({ inside: before }: Counting, inside: ReadonlySet<string>): number {
  return [...inside].filter((id) => !before.has(id)).length;
}

const MEAN_DIGITS = 2;

function findingOf(state: Counting, at_ms: EpochMs, ended?: "lost"): Finding {
  const { since_ms, watched_ms, present_ms, peak, entered } = state;
  const mean = watched_ms === 0 ? 0 : Number((present_ms / watched_ms).toFixed(MEAN_DIGITS));
  const facts = { mean, peak, entered, watched_s: Math.round(watched_ms / 1000) };
  const data = { since_ms, until_ms: state.at_ms, facts, ...(ended && { ended }) };
  return { state: "closed", at_ms, key: `@${since_ms}`, data };
}
