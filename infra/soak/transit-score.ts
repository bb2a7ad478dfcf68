import type { LiveVehicle } from "@yardline/domain/trip-run";
import type { Truth } from "@yardline/town/demo/bodies";
import { isCutOff } from "@yardline/town/demo/buses";
import type { Trouble } from "@yardline/town/demo/trouble";

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

export const newScore = (): Score => ({
  driving: 0,
  exact: 0,
  other: 0,
  idle: 0,
  invented: 0,
  other_in: new Map(),
});

type Moment = { readonly trouble: Trouble; readonly bus: number; readonly at_ms: number };

/** Counts one moment of one vehicle; nobody can know where one without network is. */
export function score(sum: Score, told: LiveVehicle | undefined, truth: Truth, moment: Moment): void {
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
    const why = whyWrong(truth, trip_id, moment);
    sum.other_in.set(why, (sum.other_in.get(why) ?? 0) + 1);
  }
}

/**
 * What befalls a vehicle that is told to be on another trip. One that is later than the next departure of its line is told to be on that:
 * where it is says no more.
 */
function whyWrong({ detour, trip_id }: Truth, told: string, { trouble, bus, at_ms }: Moment): string {
  if (detour) return "detours";
  const spell = (["frozen", "breakdowns", "bunching", "tunnels"] as const).find((kind) =>
    trouble.hits(kind, bus, at_ms),
  );
  const line = (trip: string) => trip.slice(0, trip.lastIndexOf("-"));
  return spell ?? (line(told) === line(trip_id ?? "") ? "another departure" : "otherwise");
}

/** To a tenth. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}
