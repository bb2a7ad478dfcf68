import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { DistributionRow, History, Measure, VisitFilter } from "../history.ts";
import { changeInterval, type DaySum, meanOf, randomOf } from "./bootstrap.ts";
import { ON_TIME_LIMITS, onTimeDefinition } from "./on-time.ts";
import { defineReport } from "./report.ts";

/** Of fewer days no interval is honest. */
const DAYS_MIN = 5;

export type ComparisonRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly measure: "on_time" | "departure_delay_s" | "dwell_s" | "headway_s";
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** In which the change lies 19 times of 20; absent where a period has fewer than `DAYS_MIN` days. */
  readonly low?: number;
  readonly high?: number;
  readonly days_before: number;
  readonly days_after: number;
  readonly n_before: number;
  readonly n_after: number;
};

type Period = Pick<VisitFilter, "from" | "to">;
type Measured = {
  readonly name: ComparisonRow["measure"];
  readonly measure: Measure;
  readonly edges: readonly number[];
  sumOf(row: DistributionRow): number;
};

const MEASURED: readonly Measured[] = [
  {
    name: "on_time",
    measure: "departure_delay_s",
    edges: [-ON_TIME_LIMITS.early_s, ON_TIME_LIMITS.late_s + 1],
    sumOf: ({ classes }) => classes[1] ?? 0,
  },
  ...(["departure_delay_s", "dwell_s", "headway_s"] as const).map((measure) => ({
    ...{ name: measure, measure, edges: [0] },
    sumOf: ({ sum }: DistributionRow) => sum,
  })),
];

export const comparisonReport = defineReport({
  name: "comparison",
  summary:
    "Two periods side by side, by line: what changed, and within which bounds (needs a period before).",
  async run({ history, filter, options: { before, seed }, signal }) {
    if (!before) {
      const told = "A comparison needs the period before: its first and its last service day.";
      throw new AppError("REVIEW_PERIOD", told);
    }
    const rows = await comparePeriods(history, filter, before, seed, signal);
    const definition =
      `Means of all figures of each period. ${onTimeDefinition()} The change lies between low and high 19 times of 20: days are drawn with ` +
      `repetition, whole (percentile bootstrap, seed ${seed}); none is given for fewer than ${DAYS_MIN} days in a period. It tells chance from ` +
      "change, not why: other weekdays, weather or works are in it.";
    return { definition, rows };
  },
});

/** @throws AppError as `History.distribution` does. */
export async function comparePeriods(
  history: Pick<History, "distribution">,
  filter: VisitFilter,
  before: Period,
  seed: number,
  signal?: AbortSignal,
): Promise<readonly ComparisonRow[]> {
  const rows: ComparisonRow[] = [];
  for (const measured of MEASURED) {
    const [earlier, later] = [
      await daysOf(history, { ...filter, ...before }, measured, signal),
      await daysOf(history, filter, measured, signal),
    ];
    for (const [line, after] of later) {
      const own = earlier.get(line);
      if (own) rows.push({ ...nameOf(line), measure: measured.name, ...changeOf(own, after, seed) });
      await nextTurn();
    }
  }
  const order = (row: ComparisonRow) => `${row.feed}\t${row.route_id}`;
  return rows.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}

async function daysOf(
  history: Pick<History, "distribution">,
  filter: VisitFilter,
  { measure, edges, sumOf }: Measured,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly DaySum[]>> {
  const by = ["feed", "route_id", "service_date"] as const;
  const rows = await history.distribution({ measure, filter, by, edges }, signal);
  const lines = Map.groupBy(rows, ({ group }) => `${group.feed}\t${group.route_id}`);
  return new Map([...lines].map(([line, own]) => [line, own.map((row) => ({ sum: sumOf(row), n: row.n }))]));
}

function changeOf(before: readonly DaySum[], after: readonly DaySum[], seed: number) {
  const isEnough = Math.min(before.length, after.length) >= DAYS_MIN;
  const count = (days: readonly DaySum[]) => days.reduce((sum, { n }) => sum + n, 0);
  return {
    ...{ before: meanOf(before), after: meanOf(after), change: meanOf(after) - meanOf(before) },
    ...(isEnough && changeInterval(before, after, randomOf(seed))),
    ...{ days_before: before.length, days_after: after.length },
    ...{ n_before: count(before), n_after: count(after) },
  };
}

function nameOf(line: string): { readonly feed: string; readonly route_id: string } {
  const [feed = "", route_id = ""] = line.split("\t");
  return { feed, route_id };
}
