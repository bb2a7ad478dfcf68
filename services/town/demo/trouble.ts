import { openRandom, type Random } from "./random.ts";
import { apart_m, crossing, type Point } from "./streets.ts";

/** Where traffic is slow, and when it always is; besides, one of them at any time is slow for no reason. */
const JAMS = [
  { where: crossing(-2, -1), reach_m: 450, rush_h: [7, 10] },
  { where: crossing(1, 0), reach_m: 400, rush_h: [16, 19] },
  { where: crossing(2, -3), reach_m: 350, rush_h: [8, 9] },
  { where: crossing(3, 2), reach_m: 400, rush_h: [17, 18] },
] as const;
const JAM_PACE = 0.35;
const JAM_MOVES_MS = 20 * 60_000;

const BREAKDOWN_EVERY_MS = 40 * 60_000;
/** The first one comes soon, so that whoever looks at the town sees one. */
const BREAKDOWN_AFTER_MS = 3 * 60_000;
const BREAKDOWN_LASTS_MS = 6 * 60_000;

const DEAD_SPOT_EVERY_MS = 5 * 60_000;
const DEAD_SPOT_LASTS_MS = 70_000;

/** What goes wrong in the invented town, for one seed: a pure function of place and time. */
export type Trouble = {
  /** Share of the usual pace that traffic allows. */
  pace(where: Point, at_ms: number, hour: number): number;
  /** Whether this bus stands with a broken engine. */
  isBroken(bus: number, at_ms: number): boolean;
  /** Whether this bus has no network. */
  isCutOff(bus: number, at_ms: number): boolean;
};

/** @param buses how many there are: troubles hit one of them at a time. */
export function openTrouble(seed: string, buses: number, start_ms: number): Trouble {
  const pick = (what: string, window: number): Random => openRandom(`${seed}:${what}:${window}`);
  /** Whether `bus` is the one that is hit in the present window, within its first `lasts_ms`. */
  function isHit(what: string, bus: number, since_ms: number, every_ms: number, lasts_ms: number): boolean {
    if (since_ms < 0 || since_ms % every_ms >= lasts_ms) return false;
    return Math.floor(pick(what, Math.floor(since_ms / every_ms))() * buses) === bus;
  }
  return {
    pace(where, at_ms, hour) {
      const wandering = Math.floor(pick("jam", Math.floor(at_ms / JAM_MOVES_MS))() * JAMS.length);
      const slow = JAMS.some(
        ({ where: middle, reach_m, rush_h }, jam) =>
          (jam === wandering || (hour >= rush_h[0] && hour < rush_h[1])) && apart_m(where, middle) < reach_m,
      );
      return slow ? JAM_PACE : 1;
    },
    isBroken: (bus, at_ms) =>
      isHit("breakdown", bus, at_ms - start_ms - BREAKDOWN_AFTER_MS, BREAKDOWN_EVERY_MS, BREAKDOWN_LASTS_MS),
    isCutOff: (bus, at_ms) =>
      isHit("dead-spot", bus, at_ms - start_ms - DEAD_SPOT_LASTS_MS, DEAD_SPOT_EVERY_MS, DEAD_SPOT_LASTS_MS),
  };
}
