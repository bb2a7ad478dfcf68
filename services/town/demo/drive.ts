import type { EpochMs } from "@yardline/domain/time";
import type { Random } from "./random.ts";
import { type Point, placeAt } from "./streets.ts";
import { type Block, departureOf_s, type Trip } from "./timetable.ts";

const ZONE = "Europe/Kyiv";
/** A bus comes to its first stop so long before it leaves. */
const READY_MS = 5 * 60_000;

const TOWN_SPEED_MPS = 11;
const ROAD_SPEED_MPS = 17;
const TOWN_GAP_M = 900;
const SPEED_UP_MPS2 = 0.9;
const SLOW_DOWN_MPS2 = 1.1;
const CREEP_MPS = 1;

/** Traffic lights and children with balls: once in so many seconds of driving, for so long. */
const HALT_ONCE_IN_S = 140;
const HALT_MS = [5000, 30_000] as const;
const DWELL_MS = [8000, 35_000] as const;

/** A bus on duty: on which trip, how far along it, and what it waits for. */
export type BusState = {
  readonly block: Block;
  /** Noon minus twelve hours of the service day: what the timetable's times count from. */
  readonly day_ms: EpochMs;
  readonly trip: number;
  readonly along_m: number;
  readonly speed_mps: number;
  /** The next call to reach. */
  readonly call: number;
  readonly hold_until_ms: EpochMs;
};

/** What the driver meets in one second. */
export type Traffic = {
  readonly random: Random;
  /** Share of the usual speed that traffic allows here. */
  pace(where: Point, hour: number): number;
  readonly broken: boolean;
};

/** Where a bus is that has kept to its timetable, but for `late_s`; undefined outside its hours. */
export function placeBus(block: Block, at_ms: EpochMs, late_s: number): BusState | undefined {
  for (const day_ms of serviceDays(at_ms)) {
    const since_s = (at_ms - day_ms) / 1000;
    const trip = block.trips.findIndex(({ arrivals_s }) => (arrivals_s.at(-1) ?? 0) > since_s);
    const found = block.trips[trip];
    if (!found || (trip === 0 && departureOf_s(found, 0) - since_s > READY_MS / 1000)) continue;
    return startTrip({ block, day_ms, trip }, found, since_s - late_s, at_ms);
  }
  return undefined;
}

function startTrip(
  duty: Pick<BusState, "block" | "day_ms" | "trip">,
  { arrivals_s, direction: { calls } }: Trip,
  since_s: number,
  at_ms: EpochMs,
): BusState {
  const call = Math.max(
    1,
    arrivals_s.findIndex((arrival_s) => arrival_s > since_s),
  );
  const [from_s, to_s] = [arrivals_s[call - 1] ?? 0, arrivals_s[call] ?? 0];
  const [from_m, to_m] = [calls[call - 1]?.along_m ?? 0, calls[call]?.along_m ?? 0];
  const share = Math.min(1, Math.max(0, (since_s - from_s) / (to_s - from_s)));
  const departure_ms = duty.day_ms + (arrivals_s[0] ?? 0) * 1000;
  return {
    ...duty,
    call,
    along_m: from_m + share * (to_m - from_m),
    speed_mps: 0,
    hold_until_ms: Math.max(at_ms, departure_ms),
  };
}

/** One second of a bus's day. Undefined: its last trip is over and it goes home. */
export function stepBus(state: BusState, at_ms: EpochMs, traffic: Traffic): BusState | undefined {
  const trip = tripOf(state);
  if (traffic.broken || at_ms < state.hold_until_ms) return { ...state, speed_mps: 0 };
  const next = trip.direction.calls[state.call];
  if (!next) return turnRound(state, at_ms);
  if (state.speed_mps > 0 && traffic.random() < 1 / HALT_ONCE_IN_S) {
    return { ...state, speed_mps: 0, hold_until_ms: at_ms + between(HALT_MS, traffic.random) };
  }
  const left_m = next.along_m - state.along_m;
  const speed_mps = speedOf(state, left_m, at_ms, traffic);
  if (left_m > speed_mps) return { ...state, speed_mps, along_m: state.along_m + speed_mps };
  // Early buses wait for their time.
  const departure_ms = state.day_ms + departureOf_s(trip, state.call) * 1000;
  return {
    ...state,
    speed_mps: 0,
    along_m: next.along_m,
    call: state.call + 1,
    hold_until_ms: Math.max(departure_ms, at_ms + between(DWELL_MS, traffic.random)),
  };
}

function turnRound(state: BusState, at_ms: EpochMs): BusState | undefined {
  const trip = state.trip + 1;
  const next = state.block.trips[trip];
  return next && startTrip({ block: state.block, day_ms: state.day_ms, trip }, next, 0, at_ms);
}

/** As fast as the street, the traffic, and the stop ahead allow. */
function speedOf(state: BusState, left_m: number, at_ms: EpochMs, { pace, random }: Traffic): number {
  const { calls, way } = tripOf(state).direction;
  const gap_m = (calls[state.call]?.along_m ?? 0) - (calls[state.call - 1]?.along_m ?? 0);
  const hour = ((at_ms - state.day_ms) / 3_600_000) % 24;
  const free_mps = (gap_m < TOWN_GAP_M ? TOWN_SPEED_MPS : ROAD_SPEED_MPS) * (0.9 + 0.2 * random());
  const wanted_mps = Math.min(
    free_mps * pace(placeAt(way, state.along_m).point, hour),
    Math.max(CREEP_MPS, Math.sqrt(2 * SLOW_DOWN_MPS2 * left_m) - 1),
  );
  return Math.min(wanted_mps, state.speed_mps + SPEED_UP_MPS2);
}

export function tripOf(state: BusState): Trip {
  const trip = state.block.trips[state.trip];
  if (!trip) throw new Error(`Block ${state.block.block_id} has no trip ${state.trip}.`);
  return trip;
}

function between([from, to]: readonly [number, number], random: Random): number {
  return from + (to - from) * random();
}

/** The service days that may be under way: after midnight the night line still drives yesterday's. */
function serviceDays(at_ms: EpochMs): readonly EpochMs[] {
  const today = Temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(ZONE).toPlainDate();
  return [today.subtract({ days: 1 }), today].map(
    (date) => date.toZonedDateTime({ timeZone: ZONE, plainTime: "12:00" }).epochMilliseconds - 12 * 3_600_000,
  );
}
