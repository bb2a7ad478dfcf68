import { isCutOff } from "@yardline/town/demo/buses";
import type { Truth } from "@yardline/town/demo/bodies";
import type { Trouble } from "@yardline/town/demo/trouble";
import type { LiveVehicle } from "@yardline/domain/trip-run";

/** What is told of vehicles beside what they really did, counted at one moment after another. */
export type Score = {
  /** Moments of vehicles that drive a trip and can be heard of. */
  driving: number;
  /** Of these: told to be on that very trip, on another one. */
  exact: number;
  other: number;
  /** Moments of vehicles that drive for nobody, and of these told to be on a trip. */
  idle: number;
  invented: number;
  /** By trouble, the moments in which a vehicle on a trip was told to be on another one. */
  readonly other_in: Map<string, number>;
};

export const newScore = (): Score => ({ driving: 0, exact: 0, other: 0, idle: 0, invented: 0, other_in: new Map() });

/** Counts one moment of one vehicle; nobody can know where one without network is. */
export function score(
  sum: Score,
  told: LiveVehicle | undefined,
  truth: Truth,
  moment: { readonly trouble: Trouble; readonly bus: number; readonly at_ms: number },
): void {
  const { trouble, bus, at_ms } = moment;
  if (isCutOff(trouble, bus, at_ms)) return;
  const trip_id = told?.run?.trip_id;
  if (truth.trip_id === undefined) {
    sum.idle += 1;
    if (trip_id !== undefined) sum.invented += 1;
    return;
  }
  sum.driving += 1;
  if (trip_id === truth.trip_id) sum.exact += 1;
  else if (trip_id !== undefined) {
    sum.other += 1;
    const why = truth.detour ? "detours" : trouble.hits("frozen", bus, at_ms) ? "frozen" : "-";
    sum.other_in.set(why, (sum.other_in.get(why) ?? 0) + 1);
  }
}
