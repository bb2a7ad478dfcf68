import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handClock } from "@yardline/testkit/hand-clock";
import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { arrivalOf, departureOf, type Run, type Timetable } from "@yardline/timetable/timetable";
import { onTestFinished } from "vitest";
import { openDuckHistory } from "../duckdb.ts";
import type { CountQuery, DistributionQuery, PercentileQuery, StopVisit, VisitsQuery } from "../history.ts";
import { Oracle } from "../oracle.ts";
import type { WasCancelled } from "./planned-calls.ts";

export const DAY = "20260601";
export const THAT_DAY = { tenant: "town", from: DAY, to: DAY } as const;

/** How a run was driven: seconds late at each stop; a stop without a number was not seen. */
export type Driven = (run: Run, stop: number) => number | undefined;

/** The small town's morning (runs that begin from 8 to 10) as its history has it, driven as told. */
export async function morning(driven: Driven) {
  const timetable = await smallTownTimetable();
  const folder = await mkdtemp(join(tmpdir(), "yardline-review-"));
  const clock = handClock(Date.parse("2026-06-02T12:00:00Z"));
  const history = await openDuckHistory({ folder: join(folder, "history"), clock });
  onTestFinished(async () => {
    await history.close();
    await rm(folder, { recursive: true });
  });
  await history.append(visitsOf(timetable, driven));
  return { timetable, history, folder };
}

/** The same of several days, in memory. */
export async function mornings(
  days: number,
  driven: (run: Run, stop: number, day: number) => number | undefined,
) {
  const timetable = await smallTownTimetable();
  const dates = Array.from({ length: days }, (_, day) => dayAfter(DAY, day));
  const visits = dates.flatMap((date, day) =>
    visitsOf(timetable, (run, stop) => driven(run, stop, day), date),
  );
  const filter = { tenant: "town", from: DAY, to: dates.at(-1) ?? DAY };
  return { timetable, history: remembering(visits), filter };
}

/** A history in memory, which holds these visits. */
export function remembering(visits: readonly StopVisit[]) {
  const oracle = new Oracle();
  oracle.append(visits);
  return {
    percentiles: async (query: PercentileQuery) => oracle.percentiles(query),
    distribution: async (query: DistributionQuery) => oracle.distribution(query),
    counts: async (query: CountQuery) => oracle.counts(query),
    visits: async (query: VisitsQuery) => oracle.visits(query),
  };
}

/** Runs of the morning, in the zone of the town. */
function visitsOf(timetable: Timetable, driven: Driven, date: ServiceDate = DAY): readonly StopVisit[] {
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const [from_ms, to_ms] = ["08:00", "10:00"].map((time) => Date.parse(`${day}T${time}:00+03:00`));
  const runs = timetable.patterns.flatMap((pattern) => timetable.listRunsOn(pattern, date));
  return runs
    .filter((run) => departureOf(run, 0) >= (from_ms ?? 0) && departureOf(run, 0) < (to_ms ?? 0))
    .flatMap((run) =>
      run.trip.pattern.stops.flatMap((_, stop) => visitOf(run, stop, driven(run, stop)) ?? []),
    );
}

function visitOf(run: Run, stop: number, late_s: number | undefined): StopVisit | undefined {
  if (late_s === undefined) return undefined;
  const { pattern, trip_id } = run.trip;
  const [arrival_ms, departure_ms] = [arrivalOf(run, stop), departureOf(run, stop)];
  const last = stop === pattern.stops.length - 1;
  return {
    tenant: "town",
    feed: "town",
    service_date: run.service_date,
    trip_id_scheduled: trip_id,
    scheduled_stop_sequence: pattern.stop_sequences[stop] ?? 0,
    vehicle_id: "7",
    route_id: pattern.route.route_id,
    stop_id: pattern.stops[stop]?.stop_id ?? "",
    hour: new Date(arrival_ms + 3 * 3_600_000).getUTCHours(),
    schedule_arrival_ms: arrival_ms,
    actual_arrival_ms: arrival_ms + late_s * 1000,
    ...(!last && { actual_departure_ms: departure_ms + late_s * 1000 }),
    delay_s: late_s,
    occurrence: `${trip_id} ${stop}`,
    revision: 0,
    withdrawn: false,
  };
}

/** Of a town whose dispatchers cancelled nothing. */
export async function noneCancelled(): Promise<WasCancelled> {
  return () => false;
}
