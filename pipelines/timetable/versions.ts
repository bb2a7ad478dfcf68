import { dayAfter, type ServiceDate } from "./service-day.ts";
import { arrivalOf, departureOf, type Run, type Span, type Timetable } from "./timetable.ts";

/** A version of one feed, and since which service day it may be followed; from `until` on no more, where somebody took it back. */
export type Version = { readonly from: ServiceDate; readonly until?: ServiceDate; readonly validity: Span };

/**
 * Which version of a feed holds for a service day: of those that may be followed then and are meant for it, the one that came
 * last; where none is meant for it, the one that came last of those that may be followed; before all of them, the first.
 * @param versions as they came.
 */
export function holderOn<Each extends Version>(
  versions: readonly Each[],
  date: ServiceDate,
): Each | undefined {
  const followed = versions.filter(
    ({ from, until }) => from <= date && (until === undefined || date < until),
  );
  const meant = followed.findLast(({ validity }) => validity.first <= date && date <= validity.last);
  return meant ?? followed.at(-1) ?? versions[0];
}

/**
 * From which service day a version that just came is followed: the day that begins next. From today only when somebody says so,
 * where today's runs are the same in both, or where the version in use has none today.
 */
export function followedFrom(
  inUse: Timetable | undefined,
  newer: Timetable,
  { today, at_once }: { readonly today: ServiceDate; readonly at_once: boolean },
): ServiceDate {
  if (!inUse || at_once) return today;
  const [planned, next] = [runsOf(inUse, today), runsOf(newer, today)];
  const same = planned.size === next.size && [...planned].every((run) => next.has(run));
  return planned.size === 0 || same ? today : dayAfter(today, 1);
}

/** How many runs a version has in the days from one on. */
export function countRuns(timetable: Timetable, from: ServiceDate, days: number): number {
  return Array.from({ length: days }, (_, i) => dayAfter(from, i))
    .flatMap((date) => [...timetable.plannedOn(date).values()])
    .reduce((sum, runs) => sum + runs.length, 0);
}

/** What is driven on a day, each run as a text that says where it is when. */
function runsOf(timetable: Timetable, date: ServiceDate): ReadonlySet<string> {
  return new Set([...timetable.plannedOn(date).values()].flat().map(textOf));
}

function textOf(run: Run): string {
  const { trip_id, pattern } = run.trip;
  const calls = pattern.stops.map(({ stop_id }, i) => [stop_id, arrivalOf(run, i), departureOf(run, i)]);
  return JSON.stringify([trip_id, run.start_time ?? "", calls]);
}
