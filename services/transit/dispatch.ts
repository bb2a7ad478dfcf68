import type { BlockOfDay, DispatchVehicle, DispatchView } from "@yardline/api/parts";
import type { EpochMs } from "@yardline/domain/time";
import type { Network } from "@yardline/matching/network";
import { vehiclesOf } from "@yardline/operations/in-force";
import { type Duty, isInForce } from "@yardline/operations/order";
import { dateAt } from "@yardline/timetable/service-day";
import { endOf, type Run, startOf, type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import type { Fleet, Heard } from "./fleet.ts";
import type { Operations } from "./operations.ts";
import { passagesOf } from "./passages.ts";
import { heardLately } from "./public-heard.ts";
import { vehicleOf } from "./view.ts";

/** What dispatchers may ask and order: of vehicles all that is known, whatever the public may see. */
export function dispatchView(network: Network, fleet: Fleet, operations: Operations): DispatchView {
  /** What people swap where nobody assigned anything: the block that a vehicle is seen on, or its run. */
  function findDriven(vehicle_id: string): Duty | undefined {
    const placement = fleet.listHeard().find(({ position }) => position.vehicle_id === vehicle_id)?.placement;
    if (!placement) return undefined;
    const { feed, service_date, trip_id, start_time } = tripRunOf(placement.timetable.feed, placement.run);
    const { block_id } = placement.run.trip;
    if (block_id !== undefined) return { feed, service_date, block_id };
    return { feed, service_date, trip_id, ...(start_time !== undefined && { start_time }) };
  }

  return {
    listVehicles: (now_ms) => heardLately(fleet, now_ms).map(dispatchVehicleOf),
    listPassages: (around, from_ms, to_ms) => ({
      since_ms: fleet.kept_since_ms,
      passages: [...fleet.fixesBetween(from_ms, to_ms)].flatMap(([vehicle_id, fixes]) =>
        passagesOf(fixes, around).map((passage) => ({ vehicle_id, ...passage })),
      ),
    }),
    listBlocks: (service_date, now_ms) =>
      network.timetables.flatMap((timetable) =>
        blocksOn(timetable, service_date ?? dateAt(now_ms, timetable.timezone), now_ms),
      ),
    listOrders: () => ({ revision: operations.log.revision, orders: operations.orders.standing }),
    order: (asked) => operations.order(asked, findDriven),
    readPolicy: () => operations.policyState,
    decide: (decided, seen_revision) => operations.decide(decided, seen_revision),
  };

  function blocksOn(timetable: Timetable, service_date: string, now_ms: EpochMs): readonly BlockOfDay[] {
    const { orders } = operations;
    const planned = timetable.patterns.flatMap((pattern) => timetable.listRunsOn(pattern, service_date));
    const added = orders.listAddedOf(timetable, now_ms).filter((run) => run.service_date === service_date);
    const heard = heardLately(fleet, now_ms);
    const assigned = assignedRuns(now_ms);
    return [...Map.groupBy([...planned, ...added], keyOf).values()]
      .map((runs) => runs.toSorted((a, b) => startOf(a) - startOf(b)))
      .toSorted(([a], [b]) => (a ? startOf(a) : 0) - (b ? startOf(b) : 0))
      .map((runs) => ({
        feed: timetable.feed,
        service_date,
        ...(runs[0]?.trip.block_id !== undefined && { block_id: runs[0].trip.block_id }),
        runs: runs.map((run) => ({
          ...tripRunOf(timetable.feed, run),
          ...(run.trip.trip_headsign !== undefined && { headsign: run.trip.trip_headsign }),
          starts_ms: startOf(run),
          ends_ms: endOf(run),
          cancelled: orders.isCancelled(timetable, run, now_ms),
        })),
        assigned: [...new Set(runs.flatMap((run) => assigned.get(run) ?? []))],
        driven_by: heard.flatMap((each) => drivenBy(network, each, runs)),
      }));
  }

  /** Who was given which run, by orders that are in force or are to come. */
  function assignedRuns(now_ms: EpochMs): ReadonlyMap<Run, readonly string[]> {
    const { orders } = operations;
    const coming = orders.standing.filter((each) => each.until_ms > now_ms && each.from_ms < each.until_ms);
    const byRun = new Map<Run, string[]>();
    for (const vehicle_id of new Set(coming.flatMap(vehiclesOf))) {
      const own = coming.filter((each) => vehiclesOf(each).includes(vehicle_id));
      const from_ms = own.some((each) => isInForce(each, now_ms))
        ? now_ms
        : Math.min(...own.map((each) => each.from_ms));
      for (const { run } of orders.listDuties(vehicle_id, from_ms).flatMap((duty) => orders.listRunsOf(duty)))
        byRun.set(run, [...(byRun.get(run) ?? []), vehicle_id]);
    }
    return byRun;
  }
}

/** Runs of one block belong together; a run of none stands alone. */
function keyOf({ trip, start_time = "" }: Run): string {
  return trip.block_id === undefined ? `run ${trip.trip_id} ${start_time}` : `block ${trip.block_id}`;
}

/** Whoever has not reported since another timetable is followed is still placed on the run of the one before. */
function drivenBy(
  network: Network,
  { position, placement }: Heard,
  runs: readonly Run[],
): BlockOfDay["driven_by"] {
  const now = placement && network.current(placement);
  if (!placement || !now || !runs.includes(now.run)) return [];
  const { vehicle_id } = position;
  return [{ vehicle_id, confidence: placement.confidence, trip_id: placement.run.trip.trip_id }];
}

function dispatchVehicleOf(heard: Heard): DispatchVehicle {
  const { placement, parked } = heard;
  return { ...vehicleOf(heard), parked, ...(placement && { confidence: placement.confidence }) };
}
