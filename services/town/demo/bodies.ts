import type { EpochMs } from "@yardline/domain/time";
import { type BusState, placeBus, stepBus, tripOf } from "./drive.ts";
import { openRandom, type Random } from "./random.ts";
import type { Seen } from "./receiver.ts";
import { apart_m, type Point, placeAt } from "./streets.ts";
import type { Block } from "./timetable.ts";
import type { Spell, Trouble } from "./trouble.ts";

const STEP_MS = 1000;
/** After a longer sleep of the machine a bus is put where its timetable has it, instead of driving all the way. */
const GAP_MAX_MS = 10 * 60_000;
const LATE_AT_START_MAX_S = 150;
const SLOW_PACE = 0.3;
const STRAY_MPS = 9;
/** How far beside its street a bus goes round a closed one. */
const DETOUR_M = 260;

/** What a vehicle really does: what matching and arrivals are scored against. */
export type Truth = Seen & {
  /** Absent while it drives for nobody. */
  readonly trip_id?: string;
  /** Noon minus twelve hours of the trip's service day. */
  readonly day_ms?: EpochMs;
  /** Calls made so far. */
  readonly call?: number;
  /** Beside its line because the street is closed. */
  readonly detour: boolean;
};

/** The town's vehicles on its streets, in simulated time. */
export type Bodies = {
  /** Lets everybody drive until then; earlier than before means nothing new. */
  advance(to_ms: EpochMs): void;
  /** Undefined while it is at the depot. */
  find(vehicle: number): Truth | undefined;
};

type Duty = { readonly block: Block; readonly random: Random; state: BusState | undefined };
/** On the way from a place to where another bus's duty is. */
type Errand = Spell & { readonly from: Point };

/** Vehicle `i` begins with block `i`, unless troubles have it otherwise. */
export function openBodies(
  blocks: readonly Block[],
  {
    seed,
    trouble,
    start_ms,
  }: { readonly seed: string; readonly trouble: Trouble; readonly start_ms: EpochMs },
): Bodies {
  let now_ms = start_ms;
  const duties = blocks.map((block): Duty => {
    const random = openRandom(`${seed}:${block.vehicle_id}`);
    return { block, random, state: placeBus(block, now_ms, LATE_AT_START_MAX_S * random()) };
  });
  /** The duty of each vehicle. */
  const drives = duties.map((_, index) => index);
  const errands = new Map<number, Errand>();
  if (trouble.has("wrong-block")) exchange(0, Math.min(2, drives.length - 1));

  function exchange(a: number, b: number): void {
    [drives[a], drives[b]] = [drives[b] ?? b, drives[a] ?? a];
  }

  function advance(to_ms: EpochMs): void {
    if (to_ms - now_ms > GAP_MAX_MS) {
      now_ms = to_ms;
      for (const duty of duties) duty.state = placeBus(duty.block, now_ms, 0);
    }
    for (; now_ms + STEP_MS <= to_ms; now_ms += STEP_MS) {
      for (const [vehicle, duty_at] of drives.entries()) {
        const duty = duties[duty_at];
        if (duty) duty.state = stepped(duty, vehicle);
      }
      swapped();
    }
  }

  function stepped({ block, state, random }: Duty, vehicle: number): BusState | undefined {
    // At the depot, a look at the clock once a minute is enough.
    if (!state) return now_ms % 60_000 < STEP_MS ? placeBus(block, now_ms, 0) : undefined;
    const own = trouble.hits("bunching", vehicle, now_ms) ? SLOW_PACE : 1;
    return stepBus(state, now_ms, {
      random,
      pace: (where, hour) => own * trouble.pace(where, now_ms, hour),
      broken: trouble.hits("breakdowns", vehicle, now_ms) || trouble.hits("strays", vehicle, now_ms),
    });
  }

  /** When a swap begins, both set out for each other's place. */
  function swapped(): void {
    const spell = trouble.find("swaps", now_ms);
    if (!spell || now_ms - spell.began_ms >= STEP_MS || drives.length < 2) return;
    const pair = [spell.bus, (spell.bus + 1) % drives.length] as const;
    const places = pair.map((vehicle) => onDuty(vehicle)?.point);
    for (const [i, vehicle] of pair.entries()) {
      const from = places[i];
      if (places.every((place) => place) && from) errands.set(vehicle, { ...spell, from });
    }
    if (places.every((place) => place)) exchange(...pair);
  }

  function onDuty(vehicle: number): Truth | undefined {
    const state = duties[drives[vehicle] ?? vehicle]?.state;
    if (!state) return undefined;
    const { trip_id, direction } = tripOf(state);
    const { point, course_deg } = placeAt(direction.way, state.along_m);
    const { speed_mps, day_ms, call } = state;
    return { point, course_deg, speed_mps, trip_id, day_ms, call, detour: false };
  }

  return {
    advance,
    find(vehicle) {
      const duty = onDuty(vehicle);
      if (!duty) return undefined;
      const errand = errands.get(vehicle);
      if (errand && now_ms < errand.ends_ms) return underWay(errand, duty.point, now_ms);
      const stray = trouble.find("strays", now_ms);
      if (stray?.bus === vehicle) return strayed(stray, duty, now_ms);
      const closed = trouble.closedBy(duty.point, now_ms);
      return closed > 0 ? roundAbout(duty, closed) : duty;
    },
  };
}

function underWay({ from, began_ms, ends_ms }: Errand, to: Point, now_ms: EpochMs): Truth {
  const share = (now_ms - began_ms) / (ends_ms - began_ms);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return {
    point: [from[0] + share * dx, from[1] + share * dy],
    course_deg: courseOf(dx, dy),
    speed_mps: apart_m(from, to) / ((ends_ms - began_ms) / 1000),
    detour: false,
  };
}

/** Away to the right for half of the time, and back. */
function strayed({ began_ms, ends_ms }: Spell, { point, course_deg }: Truth, now_ms: EpochMs): Truth {
  const gone_s = Math.min(now_ms - began_ms, ends_ms - now_ms) / 1000;
  const isBack = now_ms - began_ms > ends_ms - now_ms;
  return {
    point: beside(point, course_deg, STRAY_MPS * gone_s),
    course_deg: (course_deg + (isBack ? 270 : 90)) % 360,
    speed_mps: STRAY_MPS,
    detour: false,
  };
}

function roundAbout(duty: Truth, closed: number): Truth {
  // Level in the middle, so that it is a street beside and not a corner.
  const away_m = DETOUR_M * Math.min(1, 2 * closed);
  return { ...duty, point: beside(duty.point, duty.course_deg, away_m), detour: true };
}

/** So far to the right of where one looks. */
function beside([x, y]: Point, course_deg: number, away_m: number): Point {
  const right = ((course_deg + 90) * Math.PI) / 180;
  return [x + away_m * Math.sin(right), y + away_m * Math.cos(right)];
}

function courseOf(dx: number, dy: number): number {
  return ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360;
}
