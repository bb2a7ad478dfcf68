import type { EpochMs } from "@yardline/domain/time";
import type { Ordered } from "@yardline/matching/ordered";
import type { ServiceDate } from "@yardline/timetable/service-day";
import { endOf, type Run, startOf, type Timetable } from "@yardline/timetable/timetable";
import { type Departure, Departures } from "./departures.ts";
import type { Call, Course, FleetRule, FleetView } from "./fleet-rule.ts";
import { MISSED_AFTER_MS } from "./missed-trip.ts";
import type { Finding } from "./transit-rule.ts";

/** Stop visits of today and yesterday that are kept, some 300 bytes each: what 1,500 vehicles make of one in 20 hours. */
const VISITS_MAX = 1_000_000;
/** A fleet that reports does so at least once in each slice of time. */
const SLICE_MS = 5 * 60_000;
/** What time alone makes of runs is looked for so often. */
const LOOK_EVERY_MS = 60_000;
/** Slices are kept for so long: today's and yesterday's, wherever the day begins. */
const SLICES_MS = 3 * 86_400_000;

/** What is planned now: another timetable may take its place while visits go on, and people order otherwise. */
type Planned = {
  readonly timetables: readonly Timetable[];
  readonly ordered?: Pick<Ordered, "isCancelled">;
};

type Known = Omit<Course, "calls"> & { readonly calls: Call[] };

/** What a batch of visits changed. */
export type FleetTaken = {
  /** What stands differently now; what is not so any more comes as `withdrawn`. */
  readonly changes: readonly Finding[];
  /** Visits that were not looked at: there are too many. */
  readonly crowded: number;
};

/**
 * What the rules about runs find in the stop visits of all vehicles: a function of the *set* of visits, the timetables and the
 * time. A visit costs a look at the runs that it bears on: its own, and those behind it at the stop. Today's and yesterday's
 * service days are kept; what was told of older ones stands.
 */
export class FleetWatch {
  readonly #network: Planned;
  readonly #rules: readonly FleetRule[];
  readonly #courses = new Map<string, Known>();
  readonly #departures = new Map<string, { readonly date: ServiceDate; readonly at: Departures }>();
  /** Calls by line. */
  readonly #seen = new Map<string, number>();
  readonly #slices = new Set<number>();
  readonly #told = new Map<string, ReadonlyMap<string, Finding>>();
  #calls = 0;
  #now_ms: EpochMs = 0;
  #oldest: ServiceDate = "";
  #ordered: Planned["ordered"];
  /** Whether what was judged before may look otherwise by what came late: reports, orders, or the first vehicle of a line. */
  #reconsider = true;

  constructor(network: Planned, rules: readonly FleetRule[]) {
    this.#network = network;
    this.#ordered = network.ordered;
    this.#rules = rules;
  }

  /**
   * @param visits findings of the stop visit rule; others are passed over.
   * @param heard_ms when vehicles reported, whatever they drove.
   */
  take(visits: readonly Finding[], heard_ms: readonly EpochMs[]): FleetTaken {
    for (const at_ms of heard_ms) this.#hear(Math.floor(at_ms / SLICE_MS));
    const touched = new Map<string, Known>();
    let crowded = 0;
    for (const visit of visits) {
      if (visit.raises !== "transit.stop-visit" || visit.run.service_date < this.#oldest) continue;
      if (this.#calls < VISITS_MAX || visit.state === "withdrawn") this.#put(visit, touched);
      else crowded += 1;
    }
    return { changes: [...touched].flatMap(([name, course]) => this.#compare(name, course)), crowded };
  }

  /** What the time by itself means: nobody came, nothing more comes. */
  look(now_ms: EpochMs): readonly Finding[] {
    if (Math.abs(now_ms - this.#now_ms) < LOOK_EVERY_MS) return [];
    this.#reconsider ||= this.#ordered !== this.#network.ordered;
    this.#ordered = this.#network.ordered;
    const since_ms = this.#reconsider || now_ms < this.#now_ms ? 0 : this.#now_ms;
    this.#now_ms = now_ms;
    this.#reconsider = false;
    this.#forget(now_ms);
    const due = new Map<string, Known>();
    for (const [name, findings] of this.#told) {
      const course = this.#courses.get(name);
      if (course && [...findings.values()].some(({ state }) => state === "open")) due.set(name, course);
    }
    for (const timetable of this.#network.timetables) {
      for (const run of runsDue(timetable, since_ms, now_ms)) {
        const name = nameOf(timetable, run);
        const course = this.#courses.get(name) ?? { timetable, run, calls: [] };
        if (course.calls.every(({ stop }) => stop === 0)) due.set(name, course);
      }
    }
    return [...due].flatMap(([name, course]) => this.#compare(name, course));
  }

  /** Everything that stands. */
  listTold(): readonly Finding[] {
    return [...this.#told.values()].flatMap((findings) => [...findings.values()]);
  }

  #hear(slice: number): void {
    if (this.#slices.has(slice)) return;
    this.#slices.add(slice);
    this.#reconsider ||= slice * SLICE_MS < this.#now_ms - MISSED_AFTER_MS;
  }

  #put({ timetable, run, stop, vehicle_id = "", state, facts }: Finding, touched: Map<string, Known>): void {
    const name = nameOf(timetable, run);
    const course = this.#courses.get(name) ?? { timetable, run, calls: [] };
    this.#courses.set(name, course);
    touched.set(name, course);
    const { calls } = course;
    const at = calls.findIndex(
      (call) => call.stop > stop || (call.stop === stop && call.vehicle_id >= vehicle_id),
    );
    const known = calls[at];
    const isKnown = known?.stop === stop && known.vehicle_id === vehicle_id;
    if (isKnown && known.departed_ms !== undefined) {
      const departure = { at_ms: known.departed_ms, run, stop, vehicle_id };
      this.#refresh(timetable, this.#departuresAt(timetable, departure).remove(departure), touched);
    }
    if (isKnown) calls.splice(at, 1);
    const change = Number(state !== "withdrawn") - Number(isKnown);
    this.#calls += change;
    const line = lineOf(timetable, run.trip.pattern.route.route_id);
    const seen = this.#seen.get(line) ?? 0;
    this.#seen.set(line, seen + change);
    this.#reconsider ||= seen === 0 || seen + change === 0;
    if (state === "withdrawn") return;
    const departed_ms =
      facts["departed_at"] === undefined ? undefined : Date.parse(`${facts["departed_at"]}`);
    const arrived_ms = Date.parse(`${facts["arrived_at"]}`);
    const call = { stop, vehicle_id, arrived_ms, ...(departed_ms !== undefined && { departed_ms }) };
    calls.splice(at < 0 ? calls.length : at, 0, call);
    if (departed_ms === undefined || stop === run.trip.pattern.stops.length - 1) return;
    const departure = { at_ms: departed_ms, run, stop, vehicle_id };
    this.#refresh(timetable, this.#departuresAt(timetable, departure).add(departure), touched);
  }

  /** Gives calls the headway that they have now. */
  #refresh(timetable: Timetable, departures: readonly Departure[], touched: Map<string, Known>): void {
    for (const departure of departures) {
      const { run, stop, vehicle_id } = departure;
      const name = nameOf(timetable, run);
      const course = this.#courses.get(name);
      const at =
        course?.calls.findIndex((call) => call.stop === stop && call.vehicle_id === vehicle_id) ?? -1;
      const call = course?.calls[at];
      if (!course || !call) continue;
      const { headway: _, ...bare } = call;
      const headway = this.#departuresAt(timetable, departure).headwayOf(departure);
      course.calls[at] = { ...bare, ...(headway && { headway }) };
      touched.set(name, course);
    }
  }

  #departuresAt(timetable: Timetable, departure: Departure): Departures {
    const { trip, service_date: date } = departure.run;
    const { route, stops } = trip.pattern;
    const stop_id = stops[departure.stop]?.stop_id;
    const name = JSON.stringify([timetable.feed, date, route.route_id, trip.direction_id ?? null, stop_id]);
    const known = this.#departures.get(name) ?? { date, at: new Departures(timetable, departure) };
    this.#departures.set(name, known);
    return known.at;
  }

  /** What stands of a run differently from what was told. */
  #compare(name: string, course: Course): readonly Finding[] {
    const found = this.#rules.flatMap((rule) => rule.find(course, this.#view));
    const told = this.#told.get(name);
    const standing = new Map(found.map((finding) => [finding.key, finding]));
    if (standing.size > 0) this.#told.set(name, standing);
    else this.#told.delete(name);
    const gone = [...(told?.values() ?? [])].filter(({ key }) => !standing.has(key));
    return [
      ...gone.map((finding) => ({ ...finding, state: "withdrawn" as const })),
      ...found.filter((finding) => contentOf(told?.get(finding.key)) !== contentOf(finding)),
    ];
  }

  get #view(): FleetView {
    return {
      now_ms: this.#now_ms,
      isHeard: (from_ms, to_ms) => {
        const [first, last] = [Math.floor(from_ms / SLICE_MS), Math.floor(to_ms / SLICE_MS)];
        return Array.from({ length: last - first }, (_, i) => first + i).every((slice) =>
          this.#slices.has(slice),
        );
      },
      isSeen: ({ feed }, route_id) => (this.#seen.get(lineOf({ feed }, route_id)) ?? 0) > 0,
      isCancelled: (timetable, run) =>
        this.#network.ordered?.isCancelled(timetable, run, endOf(run)) ?? false,
    };
  }

  /** Drops what is older than yesterday, once a day. */
  #forget(now_ms: EpochMs): void {
    const oldest =
      this.#network.timetables.map((timetable) => timetable.datesAround(now_ms)[0] ?? "").sort()[0] ?? "";
    if (oldest === this.#oldest) return;
    this.#oldest = oldest;
    for (const [name, { run, timetable, calls }] of this.#courses) {
      if (run.service_date >= oldest) continue;
      const line = lineOf(timetable, run.trip.pattern.route.route_id);
      this.#seen.set(line, (this.#seen.get(line) ?? 0) - calls.length);
      this.#calls -= calls.length;
      this.#courses.delete(name);
    }
    for (const [name, findings] of this.#told) {
      if ([...findings.values()].every(({ run }) => run.service_date < oldest)) this.#told.delete(name);
    }
    for (const [name, { date }] of this.#departures) if (date < oldest) this.#departures.delete(name);
    for (const slice of this.#slices) if (slice * SLICE_MS < now_ms - SLICES_MS) this.#slices.delete(slice);
  }
}

/** Runs of today and yesterday that somebody should be seen on, or seen to have driven, since then. */
function* runsDue(timetable: Timetable, since_ms: EpochMs, now_ms: EpochMs): Iterable<Run> {
  const isDue = (at_ms: EpochMs) => at_ms + MISSED_AFTER_MS > since_ms && at_ms + MISSED_AFTER_MS <= now_ms;
  const [yesterday, today] = timetable.datesAround(now_ms);
  for (const date of [yesterday, today]) {
    if (date === undefined) continue;
    for (const pattern of timetable.patterns) {
      for (const run of timetable.listRunsOn(pattern, date)) {
        if (isDue(startOf(run)) || isDue(endOf(run))) yield run;
      }
    }
  }
}

function nameOf({ feed }: Timetable, { service_date, trip, start_time = "" }: Run): string {
  return `${feed}\t${service_date}\t${trip.trip_id}\t${start_time}`;
}

function lineOf({ feed }: Pick<Timetable, "feed">, route_id: string): string {
  return `${feed}\t${route_id}`;
}

function contentOf(finding: Finding | undefined): string {
  return finding ? JSON.stringify([finding.state, finding.facts]) : "";
}
