import { isServiceDate, secondsOf, timeText } from "@yardline/timetable/service-day";
import { type Run, startOf, type Timetable, type Trip } from "@yardline/timetable/timetable";
import type { Duty, Order, RunName } from "./order.ts";

/** A run and the timetable that it belongs to. */
export type RunOf = { readonly timetable: Timetable; readonly run: Run };

/** The run of a name; undefined where the timetable has no such trip, or the calendar no such run on that day. */
export function findRun(
  timetables: readonly Timetable[],
  { feed, trip_id, service_date, start_time }: RunName,
): RunOf | undefined {
  if (!isServiceDate(service_date)) return undefined;
  for (const timetable of timetables) {
    if (feed !== undefined && timetable.feed !== feed) continue;
    const trip = timetable.trips.get(trip_id);
    const run =
      trip &&
      timetable
        .listRunsOn(trip.pattern, service_date)
        .find((each) => each.trip === trip && each.start_time === start_time);
    if (run) return { timetable, run };
  }
  return undefined;
}

/** What a duty holds of the timetables, by first departure; nothing where they have no such block or trip on that day. */
export function listRunsOfDuty(timetables: readonly Timetable[], duty: Duty): readonly RunOf[] {
  if (!("block_id" in duty)) return [findRun(timetables, duty)].filter((found) => found !== undefined);
  const { feed, block_id, service_date } = duty;
  if (!isServiceDate(service_date)) return [];
  return timetables
    .filter((timetable) => feed === undefined || timetable.feed === feed)
    .flatMap((timetable) =>
      tripsOfBlock(timetable, block_id).flatMap((trip) =>
        timetable
          .listRunsOn(trip.pattern, service_date)
          .filter((run) => run.trip === trip)
          .map((run) => ({ timetable, run })),
      ),
    )
    .sort((a, b) => startOf(a.run) - startOf(b.run));
}

/** The blocks of a timetable never change, and every fix of an assigned vehicle asks for one. */
const BLOCKS = new WeakMap<Timetable, ReadonlyMap<string, readonly Trip[]>>();

function tripsOfBlock(timetable: Timetable, block_id: string): readonly Trip[] {
  let blocks = BLOCKS.get(timetable);
  if (!blocks) {
    const ofBlocks = [...timetable.trips.values()].filter((trip) => trip.block_id !== undefined);
    blocks = Map.groupBy(ofBlocks, (trip) => trip.block_id ?? "");
    BLOCKS.set(timetable, blocks);
  }
  return blocks.get(block_id) ?? [];
}

/** Runs are compared as objects: the copy that an order makes of a trip is made once. */
const COPIES = new WeakMap<Trip, Map<string, Run>>();

/** The run that an order adds: the stops and the pace of another trip, at a time of its own, outside every block. */
export function addedRun(timetables: readonly Timetable[], { id, what }: Order): RunOf | undefined {
  if (what.order !== "add") return undefined;
  const like = findRun(timetables, what.like);
  if (!like) return undefined;
  const { timetable, run } = like;
  const copies = COPIES.get(run.trip) ?? new Map<string, Run>();
  COPIES.set(run.trip, copies);
  const known = copies.get(id);
  if (known) return { timetable, run: known };
  const copy = copyOf(run, secondsOf(what.start_time) ?? 0, id);
  copies.set(id, copy);
  return { timetable, run: copy };
}

function copyOf({ trip, service_date, start_time, origin_ms }: Run, start_s: number, id: string): Run {
  const { block_id: _, ...rest } = trip;
  const first_s = trip.departure_s[0] ?? 0;
  // The seconds of a trip driven by headway count from an origin that is moved to each of its departures.
  const moved_s = start_time === undefined ? 0 : (secondsOf(start_time) ?? first_s) - first_s;
  return {
    trip: {
      ...rest,
      trip_id: `${trip.trip_id}+${timeText(start_s).slice(0, 5)}#${id}`,
      arrival_s: trip.arrival_s.map((each) => each + start_s - first_s),
      departure_s: trip.departure_s.map((each) => each + start_s - first_s),
      starts_s: [],
      exact: true,
      added: true,
    },
    service_date,
    origin_ms: origin_ms - moved_s * 1000,
  };
}
