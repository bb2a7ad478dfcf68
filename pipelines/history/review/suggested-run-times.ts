import { setImmediate as nextTurn } from "node:timers/promises";
import { type Effect, effectOn, together } from "./effect.ts";
import { ON_TIME_LIMITS, onTimeDefinition } from "./on-time.ts";
import { type RecordedRun, recordedRuns } from "./recorded-runs.ts";
import { type Asked, defineReport } from "./report.ts";
import { DRIVES_MIN } from "./run-times.ts";
import { type NewTimes, suggestedStopTimes } from "./suggested-stop-times.ts";
import { bestSuggestion, drivesOf, READY_FRACTION, type Suggestion } from "./suggestion.ts";

/** What a line should be given in one hour, and what that would have done to the recorded days. */
export type SuggestedRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly direction_id: number | null;
  readonly from_stop_id: string;
  readonly to_stop_id: string;
  /** Of the scheduled start: from the beginning of the one to the end of the other. */
  readonly hour_from: number;
  readonly hour_to: number;
  /** Drives that were seen from the first stop to `seen_to_stop_id`; behind that the way is as planned. */
  readonly complete: number;
  readonly seen_to_stop_id: string;
  readonly days: number;
  readonly planned_s: number;
  readonly p10_s: number;
  readonly p50_s: number;
  readonly p90_s: number;
  /** Of the drives that need no longer than suggested. */
  readonly fraction: number;
  readonly suggested_s: number;
  readonly recovery_s: number;
  /** Shares of the recorded departures: as they were, and by the suggested times. */
  readonly on_time_now: number;
  readonly on_time_suggested: number;
  readonly early_suggested: number;
  readonly late_suggested: number;
  /** Whether more of them are on time by the suggested times; else the present ones are kept. */
  readonly better: boolean;
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
    const { rows, ...found } = await suggestRunTimes(runs, percentile, signal);
    const { hidden, now, suggested, kept } = found;
    const definition = [
      "The fraction of the drives needs no longer than the suggested time, from leaving the first stop, in whole minutes. With a smaller one",
      "fewer buses are early, whom passengers miss, and more are late; where none is given, the one is taken by which most of the recorded",
      `departures are on time. Recovery: what ${READY_FRACTION * 100} of 100 drives need on top to be back in time. Effect: the same`,
      "departures held against the suggested times, started as they were; nobody waited for those times then. On time were",
      `${shareText(now)} of them, by the suggested times ${shareText(suggested)}, by these where they are better ${shareText(kept)}.`,
      "Untried: times that one half of the days suggests, held against the other.",
      onTimeDefinition(),
      `Hours are put together until ${DRIVES_MIN} drives were seen from the first stop to near the end; behind that the way is as planned.`,
      `Ways without so many are not shown: ${hidden} here. Visits of trips that this timetable has not: ${unknown_visits}.`,
    ].join(" ");
    return { definition, rows };
  },
});

function shareText({ on_time, n }: Effect): string {
  return n === 0 ? "none" : `${((100 * on_time) / n).toFixed(1)} %`;
}

/**
 * Suggestions for drives of one pattern that begin in the same hour, or in as many hours after it as give enough drives.
 * @throws what the signal says when it aborts.
 */
export async function suggestRunTimes(
  runs: readonly RecordedRun[],
  fraction: number | undefined,
  signal?: AbortSignal,
) {
  const patterns = Map.groupBy(runs, ({ timetable, pattern }) => `${timetable.feed}\t${pattern.index}`);
  const rows: SuggestedRow[] = [];
  const changes: NewTimes[] = [];
  const [before, after, better]: [Effect[], Effect[], Effect[]] = [[], [], []];
  let hidden = 0;
  for (const pattern of patterns.values()) {
    const bands = bandsOf(pattern, fraction);
    hidden += bands.length === 0 ? 1 : 0;
    for (const { own, suggestion } of bands) {
      const now = effectOn(own, undefined, ON_TIME_LIMITS);
      const then = effectOn(own, suggestion.offsets_s, ON_TIME_LIMITS);
      const row = rowOf(own, suggestion, now, then, fraction);
      rows.push(row);
      if (row.better) changes.push(...newTimesOf(own, suggestion, row));
      before.push(now);
      after.push(then);
      better.push(then.on_time > now.on_time ? then : now);
    }
    await nextTurn();
    signal?.throwIfAborted();
  }
  const order = ({ feed, route_id, direction_id, from_stop_id, to_stop_id, hour_from }: SuggestedRow) =>
    [feed, route_id, direction_id ?? "", from_stop_id, to_stop_id, String(hour_from).padStart(2, "0")].join(
      "\t",
    );
  rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return { rows, changes, hidden, now: together(before), suggested: together(after), kept: together(better) };
}

/** The present timetable where bands are better than it: `changes` of `suggestRunTimes`. */
function newTimesOf(
  [first]: readonly RecordedRun[],
  { offsets_s }: Suggestion,
  { hour_from, hour_to }: SuggestedRow,
): readonly NewTimes[] {
  if (!first) return [];
  const { timetable, pattern } = first;
  return [{ timetable, pattern, hour_from, hour_to, offsets_s }];
}

/**
 * The suggestion as GTFS: the trips of the ways and hours where more departures would be on time, with their new times.
 * @throws AppError as `recordedRuns` does.
 */
export async function suggestedTimetable({
  history,
  timetables,
  filter,
  options,
  signal,
}: Asked): Promise<string> {
  const { runs } = await recordedRuns(history, timetables, filter, signal);
  const { changes } = await suggestRunTimes(runs, options.percentile, signal);
  return suggestedStopTimes(changes);
}

type Band = { readonly own: readonly RecordedRun[]; readonly suggestion: Suggestion };

/** Hours that follow each other are put together until their drives suffice; what is left at the end goes to the last band. */
function bandsOf(runs: readonly RecordedRun[], fraction: number | undefined): readonly Band[] {
  const hours = [...Map.groupBy(runs, ({ hour }) => hour)].sort(([a], [b]) => a - b);
  const bands: Band[] = [];
  let waiting: readonly RecordedRun[] = [];
  for (const [, own] of hours) {
    waiting = [...waiting, ...own];
    const suggestion = bestSuggestion(drivesOf(waiting), fraction, ON_TIME_LIMITS);
    if (!suggestion) continue;
    bands.push({ own: waiting, suggestion });
    waiting = [];
  }
  const last = bands.at(-1);
  if (waiting.length === 0 || !last) return bands;
  const own = [...last.own, ...waiting];
  const suggestion = bestSuggestion(drivesOf(own), fraction, ON_TIME_LIMITS);
  return suggestion ? [...bands.slice(0, -1), { own, suggestion }] : bands;
}

function rowOf(
  runs: readonly RecordedRun[],
  { fraction: chosen, complete, seen_to, offsets_s, recovery_s, p10_s, p50_s, p90_s }: Suggestion,
  now: Effect,
  then: Effect,
  fraction: number | undefined,
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
    hour_from: Math.min(...runs.map(({ hour }) => hour)),
    hour_to: Math.max(...runs.map(({ hour }) => hour)),
    ...{ complete, seen_to_stop_id: stops[seen_to]?.stop_id ?? "" },
    ...{ days: new Set(runs.map(({ service_date }) => service_date)).size },
    ...{ planned_s, p10_s, p50_s, p90_s, fraction: chosen, suggested_s: offsets_s.at(-1) ?? 0, recovery_s },
    on_time_now: now.on_time / now.n,
    on_time_suggested: then.on_time / then.n,
    early_suggested: then.early / then.n,
    late_suggested: then.late / then.n,
    better: then.on_time > now.on_time,
    ...(untried && { on_time_untried: untried.on_time / untried.n }),
    stops: stops.map(({ stop_id }, stop) => `${stop_id}=${offsets_s[stop]}`).join(" "),
  };
}

/** Times learnt from every other day, held against the days between, and the other way round: what a suggestion is worth on new days. */
function effectUntried(runs: readonly RecordedRun[], fraction: number | undefined): Effect | undefined {
  const days = [...new Set(runs.map(({ service_date }) => service_date))].sort();
  const halves = [0, 1].map((half) =>
    runs.filter(({ service_date }) => days.indexOf(service_date) % 2 === half),
  );
  const effects = halves.map((own, half) => {
    const learnt = bestSuggestion(drivesOf(halves[1 - half] ?? []), fraction, ON_TIME_LIMITS);
    return learnt && effectOn(own, learnt.offsets_s, ON_TIME_LIMITS);
  });
  const both = effects.flatMap((effect) => effect ?? []);
  return both.length === 2 ? together(both) : undefined;
}
