import type { EpochMs } from "@yardline/domain/time";
import { isSameRun } from "@yardline/matching/follow";
import type { Placement } from "@yardline/matching/placement";
import { departureOf } from "@yardline/timetable/timetable";
import { type Awaited, awaitArrivals } from "./awaited.ts";
import { isWaiting } from "./drive.ts";
import type { Knowledge } from "./knowledge.ts";
import { learnFrom } from "./learn.ts";

/** What is remembered of a vehicle on its run, from fix to fix. */
export type Heeded = {
  /** Where it was last. */
  readonly last: Placement;
  /** Where the span begins that the paces learn from next. */
  readonly span: Placement | undefined;
  /** Where and since when it stands; moves on with the vehicle. */
  readonly stands: Placement;
  /** What was expected of it and did not come yet. */
  readonly awaited: readonly Awaited[];
};

/** So near to where it was before a vehicle stands: its receiver wanders by as much. */
const STANDS_M = 50;
/** Who stands for so long where nothing keeps a bus, or so long after its departure, is parked or broken down. */
const PARKED_MS = 30 * 60_000;
/** A vehicle beside its line for so long is on no detour any more: where it will come back, nobody knows. */
const BESIDE_MS = 20 * 60_000;

/** Lets `knowledge` learn from where a vehicle is now. @returns what to remember of the vehicle; nothing while it is on no run. */
export function heed(
  knowledge: Knowledge,
  before: Heeded | undefined,
  now: Placement | undefined,
): Heeded | undefined {
  const span = learnFrom(knowledge.paces, before?.span, now);
  if (!now) return undefined;
  const same = before && isSameRun(before.last.run, now.run) ? before : undefined;
  const stood = same && Math.abs(now.at_m - same.stands.at_m) < STANDS_M;
  return {
    last: now,
    span,
    stands: stood ? same.stands : now,
    awaited: awaitArrivals(knowledge, same?.awaited ?? [], same?.last, now),
  };
}

/** Whether nothing can be said of when a vehicle goes on: it stands too long for traffic or a layover, or is long off its line. */
export function isParked(heeded: Heeded | undefined, now_ms: EpochMs): boolean {
  if (!heeded) return false;
  const { last, stands } = heeded;
  if (!last.on_path) return now_ms - last.at_ms > BESIDE_MS;
  const from_ms = isWaiting(last) ? Math.max(stands.at_ms, departureOf(last.run, 0)) : stands.at_ms;
  return last.at_ms - from_ms > PARKED_MS;
}
