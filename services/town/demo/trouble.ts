import { openRandom, type Random } from "./random.ts";
import { apart_m, crossing, type Point } from "./streets.ts";

const MINUTE_MS = 60_000;

/** Where traffic is slow, and when it always is; besides, one of them at any time is slow for no reason. */
const JAMS = [
  { where: crossing(-2, -1), reach_m: 450, rush_h: [7, 10] },
  { where: crossing(1, 0), reach_m: 400, rush_h: [16, 19] },
  { where: crossing(2, -3), reach_m: 350, rush_h: [8, 9] },
  { where: crossing(3, 2), reach_m: 400, rush_h: [17, 18] },
] as const;
const JAM_PACE = 0.35;
const JAM_MOVES_MS = 20 * MINUTE_MS;

/** Streets that are closed now and then: buses go round by the next one. */
const CLOSED = [crossing(0, 1), crossing(-1, 0), crossing(1, -1)] as const;
const CLOSED_REACH_M = 380;

/** How often each befalls one of the buses, for how long, and when first. */
const SPELLS = {
  /** The first one comes soon, so that whoever looks at the town sees one. */
  breakdowns: { after_ms: 3 * MINUTE_MS, every_ms: 40 * MINUTE_MS, lasts_ms: 6 * MINUTE_MS },
  /** No network: what is fixed meanwhile comes as a black box. */
  "dead-spots": { after_ms: 70_000, every_ms: 5 * MINUTE_MS, lasts_ms: 70_000 },
  /** A long one of these: an afternoon's fixes come at once. */
  outages: { after_ms: 50 * MINUTE_MS, every_ms: 180 * MINUTE_MS, lasts_ms: 45 * MINUTE_MS },
  /** A slow bus gathers the one behind it. */
  bunching: { after_ms: 20 * MINUTE_MS, every_ms: 90 * MINUTE_MS, lasts_ms: 25 * MINUTE_MS },
  detours: { after_ms: 30 * MINUTE_MS, every_ms: 100 * MINUTE_MS, lasts_ms: 50 * MINUTE_MS },
  /** Two buses drive to each other's place and go on as the other. */
  swaps: { after_ms: 75 * MINUTE_MS, every_ms: 150 * MINUTE_MS, lasts_ms: 9 * MINUTE_MS },
  /** A bus drives away from its line, and comes back to where it left it. */
  strays: { after_ms: 15 * MINUTE_MS, every_ms: 70 * MINUTE_MS, lasts_ms: 14 * MINUTE_MS },
  /** Satellites out of sight: no fix at all. */
  tunnels: { after_ms: 40_000, every_ms: 4 * MINUTE_MS, lasts_ms: 90_000 },
  /** The receiver repeats its last place, with new times. */
  frozen: { after_ms: 10 * MINUTE_MS, every_ms: 45 * MINUTE_MS, lasts_ms: 12 * MINUTE_MS },
} as const;
type Spelled = keyof typeof SPELLS;

/** Everything that can go wrong: on the street, with the network, and in the receivers. */
export const TROUBLES = [
  "jams",
  "wrong-block",
  ...["breakdowns", "dead-spots", "outages", "bunching", "detours", "swaps", "strays", "tunnels", "frozen"],
  ...["jumps", "zeros", "duplicates", "disorder", "clocks"],
] as readonly TroubleKind[];
export type TroubleKind =
  | Spelled
  | "jams"
  | "wrong-block"
  | "jumps"
  | "zeros"
  | "duplicates"
  | "disorder"
  | "clocks";

/** What the town that is shown suffers from: enough to see, and each of it explains itself. */
export const DEMO_TROUBLES: readonly TroubleKind[] = ["jams", "breakdowns", "dead-spots"];

/** A trouble that goes on, and whom it has. */
export type Spell = { readonly bus: number; readonly began_ms: number; readonly ends_ms: number };

/** What goes wrong in the invented town, for one seed: a pure function of place and time. */
export type Trouble = {
  has(kind: TroubleKind): boolean;
  /** Share of the usual pace that traffic allows. */
  pace(where: Point, at_ms: number, hour: number): number;
  /** Whom a trouble has now. */
  find(kind: Spelled, at_ms: number): Spell | undefined;
  /** Whether it has this bus now. */
  hits(kind: Spelled, bus: number, at_ms: number): boolean;
  /** How far into a closed street a place lies: 0 outside, 1 in its middle. */
  closedBy(where: Point, at_ms: number): number;
};

type Options = {
  readonly seed: string;
  /** How many there are: most troubles hit one of them at a time. */
  readonly buses: number;
  readonly start_ms: number;
  readonly kinds?: readonly TroubleKind[];
};

export function openTrouble({ seed, buses, start_ms, kinds = DEMO_TROUBLES }: Options): Trouble {
  const on = new Set(kinds);
  const pick = (what: string, window: number): Random => openRandom(`${seed}:${what}:${window}`);

  function find(kind: Spelled, at_ms: number): Spell | undefined {
    const { after_ms, every_ms, lasts_ms } = SPELLS[kind];
    const since_ms = at_ms - start_ms - after_ms;
    if (!on.has(kind) || since_ms < 0 || since_ms % every_ms >= lasts_ms) return undefined;
    const began_ms = at_ms - (since_ms % every_ms);
    const bus = Math.floor(pick(kind, Math.floor(since_ms / every_ms))() * buses);
    return { bus, began_ms, ends_ms: began_ms + lasts_ms };
  }

  return {
    has: (kind) => on.has(kind),
    pace(where, at_ms, hour) {
      if (!on.has("jams")) return 1;
      const wandering = Math.floor(pick("jam", Math.floor(at_ms / JAM_MOVES_MS))() * JAMS.length);
      const slow = JAMS.some(
        ({ where: middle, reach_m, rush_h }, jam) =>
          (jam === wandering || (hour >= rush_h[0] && hour < rush_h[1])) && apart_m(where, middle) < reach_m,
      );
      return slow ? JAM_PACE : 1;
    },
    find,
    hits: (kind, bus, at_ms) => find(kind, at_ms)?.bus === bus,
    closedBy(where, at_ms) {
      const spell = find("detours", at_ms);
      const middle = spell && CLOSED[spell.bus % CLOSED.length];
      return middle ? Math.max(0, 1 - apart_m(where, middle) / CLOSED_REACH_M) : 0;
    },
  };
}
