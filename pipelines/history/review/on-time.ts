import type { Dimension, Group, History, VisitFilter } from "../history.ts";
import { defineReport } from "./report.ts";

/** How early and how late a departure may be and still count as on time, in seconds. */
export type OnTimeLimits = { readonly early_s: number; readonly late_s: number };

/** What most agencies promise: no more than a minute early, no more than five late. */
export const ON_TIME_LIMITS: OnTimeLimits = { early_s: 60, late_s: 300 };

export type OnTimeRow = {
  readonly group: Group;
  /** Departures that were seen. */
  readonly n: number;
  /** Shares of them, in [0, 1]; together 1. */
  readonly early: number;
  readonly on_time: number;
  readonly late: number;
  readonly mean_delay_s: number;
};

export const onTimeReport = defineReport({
  name: "on-time",
  summary: "Shares of departures that were early, on time and late, by line and direction.",
  async run({ history, filter, options: { hourly }, signal }) {
    const by: readonly Dimension[] = [
      "feed",
      "route_id",
      "direction_id",
      ...(hourly ? (["hour"] as const) : []),
    ];
    const rows = await onTimePerformance(history, filter, by, undefined, signal);
    return {
      definition: onTimeDefinition(),
      rows: rows.map(({ group, ...figures }) => ({ ...group, ...figures })),
    };
  },
});

/**
 * On-time performance by departures: passengers miss a bus that leaves early, so that arrivals are not what counts. A trip's last stop
 * has no departure and is in no share; a stop whose departure was not seen is not either (see `completeness`).
 * @throws AppError as `History.distribution` does.
 */
export async function onTimePerformance(
  history: Pick<History, "distribution">,
  filter: VisitFilter,
  by: readonly Dimension[],
  { early_s, late_s }: OnTimeLimits = ON_TIME_LIMITS,
  signal?: AbortSignal,
): Promise<readonly OnTimeRow[]> {
  // A class begins at its edge: to be so late and no later is still on time.
  const edges = [-early_s, late_s + 1];
  const rows = await history.distribution({ measure: "departure_delay_s", filter, by, edges }, signal);
  return rows.map(({ group, n, sum, classes: [early = 0, on_time = 0, late = 0] }) => ({
    group,
    n,
    early: early / n,
    on_time: on_time / n,
    late: late / n,
    mean_delay_s: sum / n,
  }));
}

/** The definition as it stands beside every figure of it. */
export function onTimeDefinition({ early_s, late_s }: OnTimeLimits = ON_TIME_LIMITS): string {
  return (
    `On time: left its stop at most ${early_s} s before and at most ${late_s} s after the scheduled departure. ` +
    "Departures that were seen, of every stop but a trip's last."
  );
}
