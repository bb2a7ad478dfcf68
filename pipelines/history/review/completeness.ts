import type { CountRow, History, VisitFilter } from "../history.ts";
import { type PlannedCall, plannedCalls } from "./planned-calls.ts";
import { defineReport } from "./report.ts";
import { unhurried } from "./unhurried.ts";

export type CompletenessRow = {
  readonly feed: string;
  readonly route_id: string;
  readonly planned_trips: number;
  /** Trips of which at least one call was seen; more than planned where two vehicles shared one. */
  readonly seen_trips: number;
  readonly planned_calls: number;
  readonly seen_calls: number;
};

export const completenessReport = defineReport({
  name: "completeness",
  summary: "How much of what was planned was seen at all, by line.",
  async run({ history, timetables, filter, cancelled, signal }) {
    const rows = await completeness(history, plannedCalls(timetables, filter, cancelled), filter, signal);
    return {
      definition:
        "Trips and calls of the timetable without those that dispatchers cancelled, and those that were seen.",
      rows,
    };
  },
});

type Planned = { trips: Set<string>; calls: number };

/**
 * How much of what the timetable plans, and nobody cancelled, was seen at all, by line: it stands beside every figure, since what was not seen is in none.
 * A trip that nobody saw was not driven, or driven by a vehicle without a tracker: this cannot tell which.
 * @throws AppError as `History.counts` does.
 */
export async function completeness(
  history: Pick<History, "counts">,
  planned: Iterable<PlannedCall>,
  filter: VisitFilter,
  signal?: AbortSignal,
): Promise<readonly CompletenessRow[]> {
  const lines = new Map<string, Planned>();
  await unhurried(
    planned,
    ({ feed, route_id, run, cancelled }) => {
      if (cancelled) return;
      const key = keyOf(feed, route_id);
      const line = lines.get(key) ?? { trips: new Set(), calls: 0 };
      line.trips.add(run);
      line.calls += 1;
      lines.set(key, line);
    },
    signal,
  );
  const rows = await history.counts({ filter, by: ["feed", "route_id"] }, signal);
  const seen = new Map(rows.map((row) => [keyOf(String(row.group.feed), String(row.group.route_id)), row]));
  return [...new Set([...lines.keys(), ...seen.keys()])].sort().map((key) => {
    return rowOf(key, lines.get(key), seen.get(key));
  });
}

function rowOf(key: string, planned: Planned | undefined, seen: CountRow | undefined): CompletenessRow {
  const [feed = "", route_id = ""] = key.split("\t");
  return {
    feed,
    route_id,
    planned_trips: planned?.trips.size ?? 0,
    seen_trips: seen?.trips ?? 0,
    planned_calls: planned?.calls ?? 0,
    seen_calls: seen?.visits ?? 0,
  };
}

function keyOf(feed: string, route_id: string): string {
  return `${feed}\t${route_id}`;
}
