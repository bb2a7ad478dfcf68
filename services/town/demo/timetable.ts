import type { Direction, Line, Network } from "./network.ts";
import { lengthOf_m } from "./streets.ts";

/** One trip of one bus; times in seconds since the service day's start, past 24 hours after midnight. */
export type Trip = {
  readonly trip_id: string;
  readonly route_id: string;
  readonly direction: Direction;
  /** Arrival at each call of the direction; departure is `DWELL_S` later, but at both ends. */
  readonly arrivals_s: readonly number[];
};

/** What one bus does in a service day: trips back and forth. */
export type Block = {
  readonly block_id: string;
  readonly vehicle_id: string;
  readonly trips: readonly Trip[];
};

export const DWELL_S = 20;
/** The least rest at an end. */
const REST_S = 4 * 60;
const DAY_FROM_S = 5.5 * 3600;
const DAY_TO_S = 23.5 * 3600;
const NIGHT_TO_S = DAY_FROM_S + 24 * 3600;
const FLEET_FROM = 101;

/** Between stops closer than this the town's pace holds, else the road's. */
const TOWN_GAP_M = 900;
const TOWN_PACE_MPS = 26 / 3.6;
const ROAD_PACE_MPS = 45 / 3.6;

/** Every day the same: twenty buses from 5:30 to 23:30, two by night. */
export function buildBlocks({ lines }: Network): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const round_s = line.directions.reduce(
      (sum, direction) => sum + minutesUp(runOf_s(direction) + REST_S),
      0,
    );
    const [from_s, to_s] = line.night ? [DAY_TO_S, NIGHT_TO_S] : [DAY_FROM_S, DAY_TO_S];
    for (let bus = 0; bus < line.buses; bus++) {
      const begin_s = from_s + minutesUp((bus * round_s) / line.buses);
      const vehicle_id = String(FLEET_FROM + blocks.length);
      blocks.push({
        block_id: `${line.route_id}-${bus + 1}`,
        vehicle_id,
        trips: tripsOf(line, begin_s, to_s),
      });
    }
  }
  return blocks;
}

function tripsOf(line: Line, begin_s: number, end_s: number): readonly Trip[] {
  const trips: Trip[] = [];
  for (let at_s = begin_s; at_s < end_s; ) {
    const direction = line.directions[trips.length % 2 === 0 ? 0 : 1];
    const arrivals_s = arrivalsOf_s(direction).map((s) => at_s + s);
    trips.push({
      trip_id: `${line.route_id}-${direction.direction_id}-${clockOf(at_s).slice(0, 5).replace(":", "")}`,
      route_id: line.route_id,
      direction,
      arrivals_s,
    });
    at_s += minutesUp(runOf_s(direction) + REST_S);
  }
  return trips;
}

/** Seconds from the first departure to the arrival at each call. */
function arrivalsOf_s({ calls }: Direction): readonly number[] {
  let at_s = 0;
  return calls.map(({ along_m }, index) => {
    const before = calls[index - 1];
    if (!before) return 0;
    const gap_m = along_m - before.along_m;
    at_s += Math.round(gap_m / (gap_m < TOWN_GAP_M ? TOWN_PACE_MPS : ROAD_PACE_MPS));
    const arrival_s = at_s;
    at_s += DWELL_S;
    return arrival_s;
  });
}

function runOf_s(direction: Direction): number {
  return arrivalsOf_s(direction).at(-1) ?? 0;
}

function minutesUp(s: number): number {
  return Math.ceil(s / 60) * 60;
}

/** HH:MM:SS as in GTFS: past 24 hours after midnight. */
export function clockOf(s: number): string {
  const parts = [Math.floor(s / 3600), Math.floor(s / 60) % 60, Math.floor(s % 60)];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** When the bus leaves a call: at the first one at once, at the last one never. */
export function departureOf_s(trip: Trip, call: number): number {
  const arrival_s = trip.arrivals_s[call] ?? 0;
  const atEnd = call === 0 || call === trip.arrivals_s.length - 1;
  return atEnd ? arrival_s : arrival_s + DWELL_S;
}

/** Metres of the whole trip. */
export function tripLength_m(trip: Trip): number {
  return lengthOf_m(trip.direction.way);
}
