import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import type { InForce } from "@yardline/operations/in-force";
import { NEXT_RUNS_MAX } from "@yardline/prediction/predict";
import type { Run } from "@yardline/timetable/timetable";
import type { Heard } from "./fleet.ts";
import { runKey } from "./sightings.ts";

/** A vehicle on a run, as boards know it. */
export type Driver = {
  readonly placement: Placement;
  readonly vehicle_id: string;
  readonly signal_at_ms: EpochMs;
  readonly held_ms: number;
};

/** One vehicle a run, none that is parked: of two that seem to drive the same, the surer one, then the one heard last. */
export function driversOf(heard: readonly Heard[], orders: InForce): ReadonlyMap<string, Driver> {
  const drivers = new Map<string, Driver>();
  for (const { position, placement, parked, held_ms = 0 } of heard) {
    if (!placement || parked || orders.isCancelled(placement.timetable, placement.run, position.at_ms))
      continue;
    const driver = { placement, vehicle_id: position.vehicle_id, signal_at_ms: position.at_ms, held_ms };
    const key = runKey(placement.timetable, placement.run);
    const rival = drivers.get(key);
    if (!rival || surer(driver, rival)) drivers.set(key, driver);
  }
  return drivers;
}

function surer(a: Driver, b: Driver): boolean {
  const by = a.placement.confidence - b.placement.confidence || a.signal_at_ms - b.signal_at_ms;
  return by > 0;
}

/** The run that a vehicle drives, and those after it: what people gave it, else its block. */
export function runsAhead(driver: Driver, orders: InForce): readonly Run[] {
  const findNext = nextOf(driver, orders);
  const runs = [driver.placement.run];
  for (let next = findNext(driver.placement.run); next; next = findNext(next)) {
    runs.push(next);
    if (runs.length > NEXT_RUNS_MAX) break;
  }
  return runs;
}

/** What a vehicle drives after a run; cancelled runs of its block are passed over. */
export function nextOf({ placement: { timetable }, vehicle_id, signal_at_ms }: Driver, orders: InForce) {
  const isGiven = orders.listDuties(vehicle_id, signal_at_ms).length > 0;
  return (run: Run): Run | undefined => {
    if (isGiven) return orders.findNextGiven(vehicle_id, run, signal_at_ms);
    let next = timetable.findNextInBlock(run);
    while (next && orders.isCancelled(timetable, next, signal_at_ms)) next = timetable.findNextInBlock(next);
    return next;
  };
}
