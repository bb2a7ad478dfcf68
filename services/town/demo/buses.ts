import { setTimeout as delay } from "node:timers/promises";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { SentFix } from "@yardline/sources/trackers/wialon-encode";
import type { Logger } from "pino";
import type { DemoTown } from "./demo-town.ts";
import { type BusState, placeBus, stepBus, tripOf } from "./drive.ts";
import { gaussOf, openRandom, type Random } from "./random.ts";
import { latLonOf, type Point, placeAt } from "./streets.ts";
import type { Block } from "./timetable.ts";
import { startTracker } from "./tracker.ts";
import { openTrouble, type Trouble } from "./trouble.ts";

const STEP_MS = 1000;
/** After a longer sleep of the machine a bus is put where its timetable has it, instead of driving all the way. */
const GAP_MAX_MS = 10 * 60_000;
const LATE_AT_START_MAX_S = 150;
const FIX_EVERY_MS = 5000;

/** GPS is off by a few metres, and stays off in the same direction for a while. */
const NOISE_KEPT = 0.9;
const NOISE_M = 1.5;
const COURSE_NOISE_DEG = 4;
const SPEED_NOISE_MPS = 0.2;
/** Slower than this, a receiver cannot tell where it is heading. */
const HEADING_FROM_MPS = 1;

/** A simulated bus, in simulated time: ask it where it is, never earlier than before. */
export type Bus = {
  readonly vehicle_id: string;
  /** What its receiver says at that time; undefined while it is at the depot. */
  locate(at_ms: EpochMs): SentFix | undefined;
  /** The trip that it drives, for tests and the log. */
  findTrip(): string | undefined;
};

/** @param index of the bus among all, as troubles pick one by it. */
export function openBus(block: Block, index: number, seed: string, trouble: Trouble, start_ms: EpochMs): Bus {
  const random = openRandom(`${seed}:${block.vehicle_id}`);
  let now_ms = start_ms;
  let state = placeBus(block, now_ms, LATE_AT_START_MAX_S * random());
  let noise: Point = [0, 0];
  let course_deg = 0;

  function advance(to_ms: EpochMs): void {
    if (to_ms - now_ms > GAP_MAX_MS) {
      now_ms = to_ms;
      state = placeBus(block, now_ms, 0);
    }
    for (; now_ms + STEP_MS <= to_ms; now_ms += STEP_MS) {
      state = state ? stepBus(state, now_ms, trafficAt(now_ms)) : atTheFullMinute(now_ms);
    }
  }

  /** At the depot, a look at the clock once a minute is enough. */
  function atTheFullMinute(at_ms: EpochMs): BusState | undefined {
    return at_ms % 60_000 < STEP_MS ? placeBus(block, at_ms, 0) : undefined;
  }

  function trafficAt(at_ms: EpochMs) {
    return {
      random,
      pace: (where: Point, hour: number) => trouble.pace(where, at_ms, hour),
      broken: trouble.isBroken(index, at_ms),
    };
  }

  return {
    vehicle_id: block.vehicle_id,
    findTrip: () => state && tripOf(state).trip_id,
    locate(at_ms) {
      advance(at_ms);
      if (!state) return undefined;
      const place = placeAt(tripOf(state).direction.way, state.along_m);
      noise = drifted(noise, random);
      if (state.speed_mps >= HEADING_FROM_MPS)
        course_deg = place.course_deg + COURSE_NOISE_DEG * gaussOf(random);
      return {
        ...latLonOf([place.point[0] + noise[0], place.point[1] + noise[1]]),
        at_ms,
        speed_mps: Math.max(
          0,
          state.speed_mps + (state.speed_mps > 0 ? SPEED_NOISE_MPS * gaussOf(random) : 0),
        ),
        course_deg: (course_deg + 360) % 360,
        satellites: 7 + Math.floor(8 * random()),
      };
    },
  };
}

function drifted([x, y]: Point, random: Random): Point {
  return [NOISE_KEPT * x + NOISE_M * gaussOf(random), NOISE_KEPT * y + NOISE_M * gaussOf(random)];
}

export type DemoBusesOptions = {
  readonly town: DemoTown;
  readonly host?: string;
  /** Of a gateway that listens for Wialon IPS. */
  readonly port: number;
  /** Buses by day; those of the night line come on top. */
  readonly count?: number;
  readonly clock: Clock;
  readonly seed?: string;
  readonly log: Logger;
  readonly fix_every_ms?: number;
};

/** How many of the buses have something that is not acknowledged yet, and how much. */
export type DemoBuses = { waiting(): number };

/**
 * Lets the invented town's buses drive from now on: each a real TCP client with its own tracker. They begin in mid-trip, so
 * that the map is alive at once. Runs until `signal` aborts.
 */
export function startDemoBuses(options: DemoBusesOptions, signal: AbortSignal): DemoBuses {
  const { town, host = "127.0.0.1", port, clock, seed = "demo", log } = options;
  const blocks = town.listBlocks(options.count);
  const trouble = openTrouble(seed, blocks.length, clock.now_ms());
  const trackers = blocks.map((block, index) => {
    const random = openRandom(`${seed}:tracker:${block.vehicle_id}`);
    const tracker = startTracker(block.vehicle_id, { host, port }, { random, log }, signal);
    const bus = openBus(block, index, seed, trouble, clock.now_ms());
    // Not all at once: real buses are not in step.
    const every_ms = options.fix_every_ms ?? FIX_EVERY_MS;
    void repeat(random() * every_ms, every_ms, signal, () => {
      const at_ms = clock.now_ms();
      tracker.setNetwork(!trouble.isCutOff(index, at_ms));
      // Wialon IPS knows whole seconds.
      const fix = bus.locate(at_ms - (at_ms % 1000));
      if (fix) tracker.report(fix);
    });
    return tracker;
  });
  log.info({ buses: blocks.length, port }, "The simulated buses drive.");
  return { waiting: () => trackers.reduce((sum, tracker) => sum + tracker.waiting(), 0) };
}

async function repeat(
  after_ms: number,
  every_ms: number,
  signal: AbortSignal,
  act: () => void,
): Promise<void> {
  await delay(after_ms, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    act();
    await delay(every_ms, undefined, { signal }).catch(() => {});
  }
}
