import type { EpochMs } from "@yardline/domain/time";
import type { Ordered } from "@yardline/matching/ordered";
import { endOf, type Pattern, type Run, startOf, type Timetable } from "@yardline/timetable/timetable";
import { type Duty, isInForce, type RunName, type Standing } from "./order.ts";
import { addedRun, listRunsOfDuty, type RunOf } from "./runs.ts";

/** A run that a vehicle was given is looked for so long before it begins and after it should have ended. */
const EARLY_MS = 30 * 60_000;
const LATE_MS = 75 * 60_000;
/** Vehicles leave their line so far before the last stop that a detour leaves them. */
const LEAVES_M = 150;

/** Why a vehicle does not call at a stop. */
export type Skip = "stop-closed" | "detour";

/** Everything that is ordered, in the words of timetables: for matching, and for what is told of runs and stops. */
export type InForce = Ordered & {
  readonly standing: readonly Standing[];
  /** Cancelled runs that are not over, by their timetables. */
  listCancelled(now_ms: EpochMs): readonly RunOf[];
  listAddedOf(timetable: Timetable, at_ms: EpochMs): readonly Run[];
  /** Whether any call at all is not made, now or later. */
  readonly hasSkips: boolean;
  /** Why a run does not make its call at a stop, the `stop`-th of its pattern, that it would make at an instant. */
  findSkip(timetable: Timetable, run: Run, stop: number, at_ms: EpochMs): Skip | undefined;
  /** What people gave a vehicle to drive after a run; undefined where they gave it nothing. */
  findNextGiven(vehicle_id: string, run: Run, at_ms: EpochMs): Run | undefined;
  /** The runs of a duty, added ones among them, by first departure. */
  listRunsOf(duty: Duty): readonly RunOf[];
  /** What a vehicle is to drive by orders at an instant. */
  listDuties(vehicle_id: string, at_ms: EpochMs): readonly Duty[];
};

/** Works orders out against timetables. What they name and no timetable has any more says nothing. */
export function inForce(standing: readonly Standing[], timetables: readonly Timetable[]): InForce {
  const byVehicle = groupByVehicle(standing);
  const cancels = Map.groupBy(standing.filter(isOf("cancel")), ({ what }) => what.run.trip_id);
  const added = standing.flatMap((each) => {
    const found = addedRun(timetables, each.order);
    return found ? [{ ...each, ...found }] : [];
  });
  const closed = Map.groupBy(standing.filter(isOf("close-stop")), ({ what }) => what.stop_id);
  const detours = Map.groupBy(
    standing.filter(isOf("detour")).map(withStretches),
    ({ what }) => what.route_id,
  );

  const listDuties = (vehicle_id: string, at_ms: EpochMs): readonly Duty[] => {
    const own = byVehicle.get(vehicle_id)?.filter((each) => isInForce(each, at_ms)) ?? [];
    const swap = own.findLastIndex(({ what }) => what.order === "swap");
    return own.slice(Math.max(0, swap)).flatMap((each) => dutiesOf(each, vehicle_id));
  };
  const listGiven = (vehicle_id: string, at_ms: EpochMs): readonly Run[] => {
    if (!byVehicle.has(vehicle_id)) return [];
    return listDuties(vehicle_id, at_ms)
      .flatMap((duty) => listRunsOfOwn(duty))
      .filter(({ timetable, run }) => !isCancelled(timetable, run, at_ms))
      .map(({ run }) => run);
  };
  const isCancelled = ({ feed }: Timetable, run: Run, at_ms: EpochMs): boolean =>
    cancels
      .get(run.trip.trip_id)
      ?.some((each) => isRunNamed(run, feed, each.what.run) && isInForce(each, at_ms)) ?? false;
  /** An added run is nobody's block, and yet can be given to a vehicle by its name. */
  const listRunsOfOwn = (duty: Duty): readonly RunOf[] => {
    const copy =
      "trip_id" in duty && added.find(({ timetable, run }) => isRunNamed(run, timetable.feed, duty));
    return copy ? [copy] : listRunsOfDuty(timetables, duty);
  };

  return {
    standing,
    listDuties,
    listRunsOf: listRunsOfOwn,
    isCancelled,
    hasSkips: closed.size > 0 || detours.size > 0,
    listAssigned: (vehicle_id, at_ms) => listGiven(vehicle_id, at_ms).filter((run) => isNear(run, at_ms)),
    listAdded: (at_ms) => added.filter((each) => isInForce(each, at_ms)).map(({ run }) => run),
    listAddedOf: (timetable, at_ms) =>
      added.filter((each) => each.timetable === timetable && isInForce(each, at_ms)).map(({ run }) => run),
    listCancelled: (now_ms) =>
      [...cancels.values()]
        .flat()
        .filter((each) => isInForce(each, now_ms))
        .flatMap(({ what }) => listRunsOfOwn(what.run))
        .filter(({ run }) => endOf(run) >= now_ms),
    findNextGiven: (vehicle_id, run, at_ms) =>
      listGiven(vehicle_id, at_ms)
        .toSorted((a, b) => startOf(a) - startOf(b))
        .find((next) => next !== run && startOf(next) >= startOf(run) && endOf(next) > endOf(run)),
    isDetoured: (timetable, run, at_m, at_ms) =>
      stretchesOf(timetable, run, at_ms).some((stretch) => isOnStretch(run.trip.pattern, stretch, at_m)),
    findSkip(timetable, run, stop, at_ms) {
      const stop_id = run.trip.pattern.stops[stop]?.stop_id ?? "";
      const isClosed = closed
        .get(stop_id)
        ?.some((each) => isFeed(timetable, each.what.feed) && isInForce(each, at_ms));
      if (isClosed) return "stop-closed";
      return stretchesOf(timetable, run, at_ms).some(({ from, to }) => from < stop && stop < to)
        ? "detour"
        : undefined;
    },
  };

  function stretchesOf(timetable: Timetable, { trip }: Run, at_ms: EpochMs) {
    const own = detours.get(trip.pattern.route.route_id);
    if (!own) return [];
    return own
      .filter((each) => isFeed(timetable, each.what.feed) && isInForce(each, at_ms))
      .flatMap((each) => each.stretchOf(trip.pattern) ?? []);
  }
}

/** Whether a run is the one of a name. */
export function isRunNamed(run: Run, feed: string, name: RunName): boolean {
  return (
    run.trip.trip_id === name.trip_id &&
    run.service_date === name.service_date &&
    run.start_time === name.start_time &&
    (name.feed === undefined || name.feed === feed)
  );
}

/** Whether a run may be under way at an instant. */
function isNear(run: Run, at_ms: EpochMs): boolean {
  return startOf(run) - EARLY_MS <= at_ms && at_ms <= endOf(run) + LATE_MS;
}

type Of<Kind extends Standing["what"]["order"]> = Standing & {
  readonly what: Extract<Standing["what"], { readonly order: Kind }>;
};

function isOf<Kind extends Standing["what"]["order"]>(kind: Kind) {
  return (standing: Standing): standing is Of<Kind> => standing.what.order === kind;
}

function isFeed({ feed }: Timetable, named: string | undefined): boolean {
  return named === undefined || named === feed;
}

function groupByVehicle(standing: readonly Standing[]): ReadonlyMap<string, readonly Standing[]> {
  const byVehicle = new Map<string, Standing[]>();
  for (const each of standing) {
    for (const vehicle_id of vehiclesOf(each)) {
      const own = byVehicle.get(vehicle_id);
      if (own) own.push(each);
      else byVehicle.set(vehicle_id, [each]);
    }
  }
  return byVehicle;
}

/** The vehicles that an order is about. */
export function vehiclesOf({ what }: Standing): readonly string[] {
  if (what.order === "assign") return [what.vehicle_id];
  return what.order === "swap" ? [what.vehicle_id, what.with_vehicle_id] : [];
}

function dutiesOf({ what, order }: Standing, vehicle_id: string): readonly Duty[] {
  if (what.order === "assign") return [what.duty];
  if (what.order !== "swap") return [];
  return (what.vehicle_id === vehicle_id ? order.takes : order.gives) ?? [];
}

/** A part of a pattern that is left: the stops at its ends, which are called at. */
type Stretch = { readonly from: number; readonly to: number };

/** A detour with where it lies on each pattern, worked out once. */
function withStretches(detour: Of<"detour">) {
  const known = new Map<Pattern, Stretch | undefined>();
  return {
    ...detour,
    stretchOf(pattern: Pattern): Stretch | undefined {
      if (!known.has(pattern)) known.set(pattern, findStretch(pattern, detour.what));
      return known.get(pattern);
    },
  };
}

/** Between two stops of a pattern; undefined where it does not call at the one after the other, as in the other direction. */
export function findStretch(
  { stops }: Pattern,
  { from_stop_id, to_stop_id }: { readonly from_stop_id: string; readonly to_stop_id: string },
): Stretch | undefined {
  const to = stops.findIndex(
    ({ stop_id }, i) =>
      stop_id === to_stop_id && stops.slice(0, i).some((each) => each.stop_id === from_stop_id),
  );
  if (to < 0) return undefined;
  return { from: stops.slice(0, to).findLastIndex(({ stop_id }) => stop_id === from_stop_id), to };
}

function isOnStretch({ stop_at_m }: Pattern, { from, to }: Stretch, at_m: number): boolean {
  return (stop_at_m[from] ?? 0) - LEAVES_M <= at_m && at_m <= (stop_at_m[to] ?? 0);
}
