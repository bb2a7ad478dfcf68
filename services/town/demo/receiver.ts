import type { SentFix } from "@yardline/sources/trackers/speaker";
import { gaussOf, type Random } from "./random.ts";
import { latLonOf, type Point } from "./streets.ts";
import type { Trouble } from "./trouble.ts";

/** GPS is off by a few metres, and stays off in the same direction for a while. */
const NOISE_KEPT = 0.9;
const NOISE_M = 1.5;
const COURSE_NOISE_DEG = 4;
const SPEED_NOISE_MPS = 0.2;
/** Slower than this, a receiver cannot tell where it is heading. */
const HEADING_FROM_MPS = 1;

/** Once in so many fixes. */
const ZERO_ONCE_IN = 300;
const JUMP_ONCE_IN = 200;
const DOUBLED_ONCE_IN = 50;
const HELD_BACK_ONCE_IN = 60;
const JUMP_M = [2_000, 60_000] as const;

const HOUR_MS = 3_600_000;
/** Clocks that are off, by every so many buses: an hour ahead, a day behind, and 1024 weeks, where GPS counts from 0 again. */
const CLOCKS_OFF_MS = [HOUR_MS, -24 * HOUR_MS, -1024 * 7 * 24 * HOUR_MS] as const;
const CLOCK_EVERY = 5;

/** Where a bus really is, and how it moves. */
export type Seen = { readonly point: Point; readonly speed_mps: number; readonly course_deg: number };

/** A bus's receiver and the clock of its device, with what is wrong with them. */
export type Receiver = {
  /** Takes what is so at an instant, later than before. @returns what it says of it: nothing, one fix, or several. */
  hear(seen: Seen, at_ms: number): readonly SentFix[];
};

/** @param index of the bus among all, as troubles pick one by it. */
export function openReceiver(index: number, trouble: Trouble, random: Random): Receiver {
  const once = (kind: Parameters<Trouble["has"]>[0], in_fixes: number) =>
    trouble.has(kind) && random() < 1 / in_fixes;
  const off_ms = trouble.has("clocks") ? clockOff_ms(index) : 0;
  let noise: Point = [0, 0];
  let course_deg = 0;
  let last: SentFix | undefined;
  let held: { readonly fix: SentFix; readonly for_fixes: number } | undefined;

  function fixOf({ point, speed_mps, course_deg: heading_deg }: Seen, at_ms: number): SentFix {
    noise = [
      NOISE_KEPT * noise[0] + NOISE_M * gaussOf(random),
      NOISE_KEPT * noise[1] + NOISE_M * gaussOf(random),
    ];
    if (speed_mps >= HEADING_FROM_MPS) course_deg = heading_deg + COURSE_NOISE_DEG * gaussOf(random);
    return {
      ...latLonOf([point[0] + noise[0], point[1] + noise[1]]),
      at_ms,
      speed_mps: Math.max(0, speed_mps + (speed_mps > 0 ? SPEED_NOISE_MPS * gaussOf(random) : 0)),
      course_deg: (course_deg + 360) % 360,
      satellites: 7 + Math.floor(8 * random()),
    };
  }

  function broken(fix: SentFix): SentFix {
    if (once("zeros", ZERO_ONCE_IN)) return { ...fix, latitude: 0, longitude: 0 };
    if (!once("jumps", JUMP_ONCE_IN)) return fix;
    const [far_m, way] = [JUMP_M[0] + (JUMP_M[1] - JUMP_M[0]) * random(), 2 * Math.PI * random()];
    const by = latLonOf([far_m * Math.cos(way), far_m * Math.sin(way)]);
    const home = latLonOf([0, 0]);
    return {
      ...fix,
      latitude: fix.latitude + by.latitude - home.latitude,
      longitude: fix.longitude + by.longitude - home.longitude,
    };
  }

  /** As they are sent: some twice, some after the next two. */
  function sent(fix: SentFix): readonly SentFix[] {
    const kept = held;
    if (kept) {
      held = kept.for_fixes > 1 ? { ...kept, for_fixes: kept.for_fixes - 1 } : undefined;
      return held ? [fix] : [fix, kept.fix];
    }
    if (once("disorder", HELD_BACK_ONCE_IN)) {
      held = { fix, for_fixes: 2 };
      return [];
    }
    return once("duplicates", DOUBLED_ONCE_IN) ? [fix, fix] : [fix];
  }

  return {
    hear(seen, at_ms) {
      const fix = fixOf(seen, at_ms + off_ms);
      if (trouble.hits("tunnels", index, at_ms)) return [];
      const frozen = last && trouble.hits("frozen", index, at_ms);
      const { latitude, longitude } = frozen ? (last ?? fix) : fix;
      last = { ...fix, latitude, longitude };
      return sent(broken(last));
    },
  };
}

/** How far a bus's clock is ahead, where clocks are off. */
export function clockOff_ms(index: number): number {
  return index % CLOCK_EVERY === CLOCK_EVERY - 1
    ? (CLOCKS_OFF_MS[Math.floor(index / CLOCK_EVERY) % CLOCKS_OFF_MS.length] ?? 0)
    : 0;
}
