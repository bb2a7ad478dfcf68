import type { StopTimeUpdate, TripUpdate } from "./message.ts";
import { type Plan, type PlannedCall, type PlannedTrip, plannedTrip } from "./plan.ts";
import { type Breach, breachesOf, type Look, type Rules } from "./rule.ts";

/** Trips of which no call need be told. */
const GONE = new Set(["CANCELED", "DELETED"]);
/** Calls of which no time is told. */
const SILENT = new Set(["SKIPPED", "NO_DATA"]);

const UPDATE: Rules<TripUpdate> = {
  E041: ({ trip, stopTimeUpdate = [] }) =>
    stopTimeUpdate.length === 0 &&
    !GONE.has(trip?.scheduleRelationship ?? "") &&
    "there is no stop_time_update",
};

/** What one update says by itself. */
const CALL: Rules<StopTimeUpdate> = {
  E025: (call) => {
    const [there, left] = [call.arrival?.time, call.departure?.time];
    if (there === undefined || left === undefined || left >= there) return undefined;
    return `leaves ${nameOf(call)} at ${left}, before it arrives at ${there}`;
  },
  E040: ({ stopSequence, stopId }) =>
    stopSequence === undefined && stopId === undefined && "neither stop_id nor stop_sequence",
  E042: (call) =>
    call.scheduleRelationship === "NO_DATA" &&
    eventsOf(call).length > 0 &&
    `NO_DATA at ${nameOf(call)}, but there are times`,
  E043: (call) =>
    !isSilent(call) && eventsOf(call).length === 0 && `neither arrival nor departure at ${nameOf(call)}`,
  E044: (call) =>
    !isSilent(call) &&
    eventsOf(call).some(({ time, delay }) => time === undefined && delay === undefined) &&
    `an arrival or departure at ${nameOf(call)} has neither time nor delay`,
  W009: (call) =>
    call.scheduleRelationship === undefined && `schedule_relationship at ${nameOf(call)} is not populated`,
};

type Step = { readonly was: StopTimeUpdate | undefined; readonly is: StopTimeUpdate; readonly after: number };

/** What holds from one update to the next, whatever the timetable says. */
const STEP: Rules<Step> = {
  E002: ({ was, is }) =>
    (is.stopSequence ?? 0) < (was?.stopSequence ?? 0) &&
    is.stopSequence !== undefined &&
    `stop_sequence ${is.stopSequence} comes after ${was?.stopSequence}`,
  E022: ({ is, after }) => {
    const first = is.arrival?.time ?? is.departure?.time;
    return first !== undefined && first <= after && `reaches ${nameOf(is)} at ${first}, not after ${after}`;
  },
  E036: ({ was, is }) =>
    is.stopSequence !== undefined &&
    was?.stopSequence === is.stopSequence &&
    `stop_sequence ${is.stopSequence} comes twice`,
  E037: ({ was, is }) =>
    is.stopId !== undefined && was?.stopId === is.stopId && `stop_id ${is.stopId} comes twice`,
};

type Planned = {
  readonly is: StopTimeUpdate;
  /** The call that is meant, and which of the trip's it is, where it can be told. */
  readonly call: PlannedCall | undefined;
  readonly at: number;
  /** The farthest call told before. */
  readonly far: number;
  /** How often the trip calls at a stop. */
  readonly visits: (stop_id: string | undefined) => number;
};

/** What the timetable knows of it. */
const PLANNED: Rules<Planned> = {
  E002: ({ is, call, at, far }) =>
    is.stopSequence === undefined &&
    call &&
    at < far &&
    `${nameOf(is)} comes after a stop that the trip reaches later`,
  E009: ({ is, visits }) =>
    is.stopSequence === undefined &&
    visits(is.stopId) > 1 &&
    `the trip calls at ${is.stopId} more than once: stop_sequence is needed`,
  E045: ({ is, call }) =>
    is.stopSequence !== undefined &&
    is.stopId !== undefined &&
    call &&
    call.stop_id !== is.stopId &&
    `stop_sequence ${is.stopSequence} is ${call.stop_id}, not ${is.stopId}`,
  E046: ({ is, call }) =>
    call?.timed === false &&
    eventsOf(is).some(({ time, delay }) => delay !== undefined && time === undefined) &&
    `a delay alone at ${nameOf(is)}, for which the timetable has no time`,
  E051: ({ is, call }) =>
    is.stopSequence !== undefined && !call && `stop_sequence ${is.stopSequence} is not in stop_times.txt`,
};

type Visited = { readonly stop_id: string; readonly type: string | undefined };

const STOP: Rules<Visited> = {
  E011: ({ stop_id, type }) => type === undefined && `stop_id ${stop_id} is not in stops.txt`,
  E015: ({ stop_id, type = "0" }) => type !== "0" && `stop_id ${stop_id} has location_type ${type}, not 0`,
};

/** E002, E009, E011, E015, E022, E025, E036, E037, E040 … E046, E051, W009: where and when vehicles call. */
export function* checkStopTimes({ message, plan }: Look): Iterable<Breach> {
  for (const { id, tripUpdate, vehicle } of message.entity ?? []) {
    yield* stopBreaches(id, vehicle?.stopId, plan);
    if (!tripUpdate) continue;
    yield* breachesOf(UPDATE, id, tripUpdate);
    const calls = tripUpdate.stopTimeUpdate ?? [];
    let after = Number.NEGATIVE_INFINITY;
    for (const [i, is] of calls.entries()) {
      yield* breachesOf(CALL, id, is);
      yield* breachesOf(STEP, id, { was: calls[i - 1], is, after });
      yield* stopBreaches(id, is.stopId, plan);
      after = is.departure?.time ?? is.arrival?.time ?? after;
    }
    const trip = plannedTrip(plan, tripUpdate.trip);
    if (trip) yield* plannedBreaches(id, calls, trip);
  }
}

function* stopBreaches(id: string | undefined, stop_id: string | undefined, plan: Plan): Iterable<Breach> {
  if (stop_id !== undefined) yield* breachesOf(STOP, id, { stop_id, type: plan.stop_types.get(stop_id) });
}

function* plannedBreaches(
  id: string | undefined,
  calls: readonly StopTimeUpdate[],
  trip: PlannedTrip,
): Iterable<Breach> {
  const visits = visitsOf(trip.calls);
  let far = -1;
  for (const is of calls) {
    const at = findCall(trip.calls, is, far + 1);
    yield* breachesOf(PLANNED, id, { is, call: trip.calls[at], at, far, visits });
    far = Math.max(far, at);
  }
}

/** Looked for from one call on, then from the first: what comes in its order is found at once. @returns -1 for none. */
function findCall(calls: readonly PlannedCall[], is: StopTimeUpdate, from: number): number {
  const isMeant = ({ stop_id, stop_sequence }: PlannedCall) =>
    is.stopSequence === undefined ? stop_id === is.stopId : stop_sequence === is.stopSequence;
  for (let i = from; i < calls.length; i += 1) {
    const call = calls[i];
    if (call && isMeant(call)) return i;
  }
  return calls.findIndex(isMeant);
}

/** Counted at the first question: most feeds name calls by their sequence and never ask. */
function visitsOf(calls: readonly PlannedCall[]): Planned["visits"] {
  let counted: ReadonlyMap<string, readonly PlannedCall[]> | undefined;
  return (stop_id = "") => {
    counted ??= Map.groupBy(calls, (call) => call.stop_id);
    return counted.get(stop_id)?.length ?? 0;
  };
}

/** E010: stops of the timetable itself at which trips call though they are stations or entrances. */
export function* checkPlannedStops({ plan }: Look): Iterable<Breach> {
  for (const stop_id of plan.called_ids) {
    const type = plan.stop_types.get(stop_id) ?? "0";
    const text = `trips call at ${stop_id}, whose location_type is ${type}`;
    if (type !== "0") yield { rule: "E010", entity: "header", text };
  }
}

function eventsOf({ arrival, departure }: StopTimeUpdate) {
  return [arrival, departure].filter((event) => event !== undefined);
}

function isSilent({ scheduleRelationship = "" }: StopTimeUpdate): boolean {
  return SILENT.has(scheduleRelationship);
}

function nameOf({ stopId, stopSequence }: StopTimeUpdate): string {
  return stopId === undefined ? `stop_sequence ${stopSequence}` : `stop ${stopId}`;
}
