import { setImmediate as nextTurn } from "node:timers/promises";
import { type Effect, effectOn, together } from "./effect.ts";
import { ON_TIME_LIMITS, onTimeDefinition } from "./on-time.ts";
import { type RecordedRun, recordedRuns } from "./recorded-runs.ts";
import { defineReport } from "./report.ts";
import { DRIVES_MIN } from "./run-times.ts";
import { READY_FRACTION, type Suggestion, suggestionFor } from "./suggestion.ts";

/** What a line should be given in one hour, and what that would have done to the recorded days. */
export type SuggestedRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly direction_id: number | null;
  readonly from_stop_id: string;
  readonly to_stop_id: string;
  /** Of the scheduled start. */
  readonly hour: number;
  readonly complete: number;
  readonly days: number;
  readonly planned_s: number;
  readonly p10_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
  readonly suggested_s: number;
  readonly recovery_s: number;
  /** Shares of the recorded departures: as they were, and by the suggested times. */
  readonly on_time_now: number;
  readonly on_time_suggested: number;
  readonly early_suggested: number;
  readonly late_suggested: number;
  /** The same of each half of the days, by times that the other half suggests; absent where halves have too few drives. */
  readonly on_time_untried?: number;
  /** Suggested seconds after the start at each stop, as `stop_id=seconds`. */
  readonly stops: string;
};

export const suggestedRunTimesReport = defineReport({
  name: "suggested-run-times",
  summary:
    "Run times and recovery that the recorded days suggest, and what they would have done to those days.",
  async run({ history, timetables, filter, options: { percentile }, signal }) {
    const { runs, unknown_visits } = await recordedRuns(history, timetables, filter, signal);
    const { rows, hidden, now, suggested } = await suggestRunTimes(runs, percentile, signal);
    const definition =
      `At each stop ${Math.round(percentile * 100)} of 100 drives need no longer than the suggested time, from leaving the first stop, in whole ` +
      "minutes: half keeps early and late even; less makes fewer buses early, whom passengers miss, and more of them late. Recovery is what " +
      `${Math.round(READY_FRACTION * 100)} of 100 drives need on top of it to be back in time. The effect: the same departures held against the ` +
      `suggested times, started as they were; nobody waited for those times then. Of all of them ${shareText(now)} were on time, by the ` +
      `suggested times ${shareText(suggested)}. Untried: times of one half of the days, held against the other. ${onTimeDefinition()} ` +
      `Hours with fewer than ${DRIVES_MIN} drives from end to end are not shown; not shown here: ${hidden}. Visits of trips that this ` +
      `timetable has not: ${unknown_visits}.`;
    return { definition, rows };
  },
});

function shareText({ on_time, n }: Effect): string {
  return n === 0 ? "none" : `${((100 * on_time) / n).toFixed(1)} %`;
}

/** Drives of one pattern by the hour of their start. @throws what the signal says when it aborts. */
export async function suggestRunTimes(runs: readonly RecordedRun[], fraction: number, signal?: AbortSignal) {
  const groups = Map.groupBy(
    runs,
    ({ timetable, pattern, hour }) => `${timetable.feed}\t${pattern.index}\t${hour}`,
  );
  const rows: SuggestedRow[] = [];
  const [before, after]: [Effect[], Effect[]] = [[], []];
  let hidden = 0;
  for (const own of groups.values()) {
    const suggestion = suggestionFor(own, fraction);
    if (suggestion) {
      const [now, then] = [undefined, suggestion.offsets_s].map((offsets_s) =>
        effectOn(own, offsets_s, ON_TIME_LIMITS),
      );
      if (now && then) {
        rows.push(rowOf(own, suggestion, now, then, fraction));
        before.push(now);
        after.push(then);
      }
    } else hidden += 1;
    await nextTurn();
    signal?.throwIfAborted();
  }
  const order = ({ feed, route_id, direction_id, from_stop_id, to_stop_id, hour }: SuggestedRow) =>
    [feed, route_id, direction_id ?? "", from_stop_id, to_stop_id, String(hour).padStart(2, "0")].join("\t");
  rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return { rows, hidden, now: together(before), suggested: together(after) };
}

function rowOf(
  runs: readonly RecordedRun[],
  { complete, offsets_s, recovery_s, p10_s, p50_s, p90_s }: Suggestion,
  now: Effect,
  then: Effect,
  fraction: number,
): SuggestedRow {
  const [first] = runs;
  const stops = first?.pattern.stops ?? [];
  const untried = effectUntried(runs, fraction);
  const planned_s = runs.reduce((sum, run) => sum + (run.planned_s.at(-1) ?? 0), 0) / runs.length;
  return {
    feed: first?.timetable.feed ?? "",
    route_id: first?.pattern.route.route_id ?? "",
    direction_id: first?.direction_id ?? null,
    from_stop_id: stops[0]?.stop_id ?? "",
    to_stop_id: stops.at(-1)?.stop_id ?? "",
    hour: first?.hour ?? 0,
    ...{ complete, days: new Set(runs.map(({ service_date }) => service_date)).size },
    ...{ planned_s, p10_s, p50_s, p90_s, suggested_s: offsets_s.at(-1) ?? 0, recovery_s },
    on_time_now: now.on_time / now.n,
    on_time_suggested: then.on_time / then.n,
    early_suggested: then.early / then.n,
    late_suggested: then.late / then.n,
    ...(untried && { on_time_untried: untried.on_time / untried.n }),
    stops: stops.map(({ stop_id }, stop) => `${stop_id}=${offsets_s[stop]}`).join(" "),
  };
}

/** Times learnt from every other day, held against the days between, and the other way round: what a suggestion is worth on new days. */
function effectUntried(runs: readonly RecordedRun[], fraction: number): Effect | undefined {
  const days = [...new Set(runs.map(({ service_date }) => service_date))].sort();
  const halves = [0, 1].map((half) =>
    runs.filter(({ service_date }) => days.indexOf(service_date) % 2 === half),
  );
  const effects = halves.map((own, half) => {
    const learnt = suggestionFor(halves[1 - half] ?? [], fraction);
    return learnt && effectOn(own, learnt.offsets_s, ON_TIME_LIMITS);
  });
  const both = effects.flatMap((effect) => effect ?? []);
  return both.length === 2 ? together(both) : undefined;
}
