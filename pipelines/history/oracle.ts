import { weekdayOf } from "@yardline/timetable/service-day";
import type {
  CountQuery,
  CountRow,
  Dimension,
  DistributionQuery,
  DistributionRow,
  Group,
  Measure,
  PercentileQuery,
  PercentileRow,
  StopVisit,
  VisitFilter,
  VisitKey,
  VisitPlace,
  VisitsQuery,
} from "./history.ts";

/** A visit with what the others of its day say about it. */
type Seen = StopVisit & {
  readonly trip_id_performed: string;
  readonly next_stop_id?: string;
  readonly running_time_s?: number;
  readonly headway_s?: number;
};

/** The history as it should be, in memory and without haste: the tests of every adapter compare with it. */
export class Oracle {
  readonly #visits = new Map<string, StopVisit>();

  append(visits: readonly StopVisit[]): void {
    for (const visit of visits) {
      const key = JSON.stringify([
        visit.tenant,
        visit.service_date,
        performed(visit),
        visit.scheduled_stop_sequence,
      ]);
      const present = this.#visits.get(key);
      if (!present || isAbove(visit, present)) this.#visits.set(key, visit);
    }
  }

  percentiles({ measure, filter, by, percentiles }: PercentileQuery): PercentileRow[] {
    return this.#grouped(filter, by).flatMap(({ group, visits }) => {
      const figures = visits.flatMap((visit) => measured(visit, measure) ?? []).toSorted((a, b) => a - b);
      if (figures.length === 0) return [];
      const mean = figures.reduce((sum, each) => sum + each, 0) / figures.length;
      return [{ group, n: figures.length, mean, values: percentiles.map((at) => quantile(figures, at)) }];
    });
  }

  distribution({ measure, filter, by, edges }: DistributionQuery): DistributionRow[] {
    return this.#grouped(filter, by).flatMap(({ group, visits }) => {
      const figures = visits.flatMap((visit) => measured(visit, measure) ?? []);
      if (figures.length === 0) return [];
      const classes = Array.from({ length: edges.length + 1 }, () => 0);
      for (const figure of figures) {
        const at = edges.filter((edge) => figure >= edge).length;
        classes[at] = (classes[at] ?? 0) + 1;
      }
      const add = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0);
      const squares = add(figures.map((each) => each * each));
      return [{ group, n: figures.length, sum: add(figures), squares, classes }];
    });
  }

  counts({ filter, by }: CountQuery): CountRow[] {
    return this.#grouped(filter, by).map(({ group, visits }) => ({
      group,
      visits: visits.length,
      trips: new Set(visits.map((visit) => `${visit.service_date} ${visit.trip_id_performed}`)).size,
    }));
  }

  visits({ filter, after, limit }: VisitsQuery): StopVisit[] {
    const standing = [...this.#visits.values()].filter((visit) => !visit.withdrawn && isFound(visit, filter));
    const behind = standing.toSorted(byArrival).filter((visit) => !after || byArrival(visit, after) > 0);
    return behind.slice(0, limit).map(withoutRepetition);
  }

  #grouped(filter: VisitFilter, by: readonly Dimension[]): { group: Group; visits: Seen[] }[] {
    const standing = [...this.#visits.values()].filter(({ withdrawn }) => !withdrawn);
    const found = seen(standing).filter((visit) => isFound(visit, filter));
    const groups = Map.groupBy(found, (visit) => JSON.stringify(groupOf(visit, by)));
    return [...groups.values()]
      .flatMap((visits) => (visits[0] ? [{ group: groupOf(visits[0], by), visits }] : []))
      .toSorted((a, b) => compareGroups(a.group, b.group, by));
  }
}

function seen(visits: readonly StopVisit[]): Seen[] {
  const named = visits.map((visit) => ({ ...visit, trip_id_performed: performed(visit) }));
  const onTrips = [
    ...Map.groupBy(named, (visit) =>
      JSON.stringify([visit.tenant, visit.service_date, visit.trip_id_performed]),
    ).values(),
  ]
    .map((trip) => trip.toSorted((a, b) => a.scheduled_stop_sequence - b.scheduled_stop_sequence))
    .flatMap((trip) =>
      trip.map((visit, at): Seen => {
        const next = trip[at + 1];
        if (!next) return visit;
        const running_time_s = secondsOf(visit.actual_departure_ms, next.actual_arrival_ms);
        return {
          ...visit,
          next_stop_id: next.stop_id,
          ...(running_time_s !== undefined && { running_time_s }),
        };
      }),
    );
  const calls = Map.groupBy(onTrips, ({ tenant, service_date, feed, route_id, direction_id, stop_id }) =>
    JSON.stringify([tenant, service_date, feed, route_id, direction_id ?? null, stop_id]),
  );
  return [...calls.values()].flatMap((stop) => {
    const departures = stop
      .filter(({ actual_departure_ms }) => actual_departure_ms !== undefined)
      .toSorted(byDeparture);
    const headways = departures.map((visit, at): Seen => {
      const before = departures[at - 1]?.actual_departure_ms;
      const headway_s = secondsOf(before, visit.actual_departure_ms);
      return headway_s === undefined ? visit : { ...visit, headway_s };
    });
    return [...headways, ...stop.filter(({ actual_departure_ms }) => actual_departure_ms === undefined)];
  });
}

/** A planned departure at the planned arrival is not said. */
function withoutRepetition(visit: StopVisit): StopVisit {
  const { schedule_departure_ms, ...rest } = visit;
  return schedule_departure_ms === visit.schedule_arrival_ms ? rest : visit;
}

function byArrival(a: VisitPlace, b: VisitPlace): number {
  return (
    a.actual_arrival_ms - b.actual_arrival_ms ||
    compareTexts(a.service_date, b.service_date) ||
    compareTexts(performed(a), performed(b)) ||
    a.scheduled_stop_sequence - b.scheduled_stop_sequence
  );
}

function byDeparture(a: Seen, b: Seen): number {
  return (
    (a.actual_departure_ms ?? 0) - (b.actual_departure_ms ?? 0) ||
    compareTexts(a.trip_id_performed, b.trip_id_performed) ||
    a.scheduled_stop_sequence - b.scheduled_stop_sequence
  );
}

function measured(visit: Seen, measure: Measure): number | undefined {
  const { schedule_arrival_ms, schedule_departure_ms = schedule_arrival_ms } = visit;
  const { actual_arrival_ms, actual_departure_ms } = visit;
  if (measure === "delay_s" || measure === "running_time_s" || measure === "headway_s") return visit[measure];
  return secondsOf(measure === "dwell_s" ? actual_arrival_ms : schedule_departure_ms, actual_departure_ms);
}

/** Rounded, halves away from zero. */
function secondsOf(since_ms: number | undefined, until_ms: number | undefined): number | undefined {
  if (since_ms === undefined || until_ms === undefined) return undefined;
  const exact = (until_ms - since_ms) / 1000;
  return Math.sign(exact) * Math.round(Math.abs(exact));
}

/** As SQL's `percentile_cont` has it: the place between the two nearest figures, linearly. */
function quantile(sorted: readonly number[], fraction: number): number {
  const at = (sorted.length - 1) * fraction;
  const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

function isFound(visit: StopVisit, filter: VisitFilter): boolean {
  const { feeds, route_ids, direction_ids, stop_ids, hours, days_of_week } = filter;
  const isIn = <Value>(value: Value, list: readonly Value[] | undefined) => list?.includes(value) ?? true;
  return (
    visit.tenant === filter.tenant &&
    filter.from <= visit.service_date &&
    visit.service_date <= filter.to &&
    isIn(visit.feed, feeds) &&
    isIn(visit.route_id, route_ids) &&
    isIn(visit.direction_id, direction_ids) &&
    isIn(visit.stop_id, stop_ids) &&
    isIn(visit.hour, hours) &&
    isIn(weekdayOf(visit.service_date) + 1, days_of_week)
  );
}

function groupOf(visit: Seen, by: readonly Dimension[]): Group {
  return Object.fromEntries(
    by.map((name) => [
      name,
      name === "day_of_week" ? weekdayOf(visit.service_date) + 1 : (visit[name] ?? null),
    ]),
  );
}

function compareGroups(a: Group, b: Group, by: readonly Dimension[]): number {
  for (const name of by) {
    const order = compareValues(a[name] ?? null, b[name] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return typeof a === "number" ? a - Number(b) : compareTexts(a, `${b}`);
}

/** By their bytes in UTF-8. */
function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function isAbove(visit: StopVisit, present: StopVisit): boolean {
  if (visit.revision !== present.revision) return visit.revision > present.revision;
  return compareTexts(visit.occurrence, present.occurrence) > 0;
}

function performed({ feed, trip_id_scheduled, start_time, vehicle_id }: Omit<VisitKey, "tenant">): string {
  const parts = [feed, trip_id_scheduled, ...(start_time === undefined ? [] : [start_time]), vehicle_id];
  return parts.map((part) => part.replaceAll("%", "%25").replaceAll(":", "%3A")).join(":");
}

/** Not exactly the same: sums are added up in another order. */
const APART_MAX = 1e-6;

/** Where two answers differ by more than rounding; nothing where they say the same. */
export function differences(found: readonly PercentileRow[], expected: readonly PercentileRow[]) {
  const rows = Array.from({ length: Math.max(found.length, expected.length) }, (_, at) => at);
  return rows.flatMap((at) => {
    const [one, other] = [found[at], expected[at]];
    const same = one && other && isAlike(one, other);
    return same ? [] : [{ found: one, expected: other }];
  });
}

function isAlike(one: PercentileRow, other: PercentileRow): boolean {
  const [named, likewise] = [one, other].map(({ group, n, values }) =>
    JSON.stringify([group, n, values.length]),
  );
  const figures = [other.mean, ...other.values];
  const apart = [one.mean, ...one.values].map((value, i) => Math.abs(value - (figures[i] ?? Number.NaN)));
  return named === likewise && apart.every((each) => each < APART_MAX);
}
