import type { Run, Trip } from "./timetable.ts";

/**
 * What the vehicle of each trip drives next on one service day: by in-seat transfers, which name the trip, else by its block.
 * Runs of one block that overlap are of several vehicles: which one drives what next is then not known.
 */
export function successorsOf(
  runs: readonly Run[],
  continuations: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<Trip, Run> {
  const timed = runs.filter(({ trip }) => trip.starts_s.length === 0);
  const successors = new Map<Trip, Run>();
  const blocks = Map.groupBy(timed, ({ trip }) => trip.block_id);
  blocks.delete(undefined);
  for (const block of blocks.values()) {
    const inOrder = block.toSorted((a, b) => starts_s(a) - starts_s(b));
    for (const [i, run] of inOrder.entries()) {
      const next = inOrder[i + 1];
      if (next && starts_s(next) >= ends_s(run)) successors.set(run.trip, next);
    }
  }
  if (continuations.size === 0) return successors;
  const byTrip = new Map(timed.map((run) => [run.trip.trip_id, run]));
  for (const run of timed) {
    const named = (continuations.get(run.trip.trip_id) ?? []).flatMap((trip_id) => byTrip.get(trip_id) ?? []);
    const next = named
      .filter((each) => starts_s(each) >= ends_s(run))
      .reduce<Run | undefined>(
        (best, each) => (best && starts_s(best) <= starts_s(each) ? best : each),
        undefined,
      );
    if (next) successors.set(run.trip, next);
  }
  return successors;
}

function starts_s({ trip }: Run): number {
  return trip.departure_s[0] ?? 0;
}

function ends_s({ trip }: Run): number {
  return trip.arrival_s.at(-1) ?? 0;
}
