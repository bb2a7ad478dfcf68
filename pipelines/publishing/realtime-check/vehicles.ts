import type { LatLon } from "@yardline/domain/geo";
import { listPasses, planeAround } from "@yardline/timetable/path";
import { isServed } from "./area.ts";
import type { Vehicle } from "./message.ts";
import { type Plan, plannedTrip } from "./plan.ts";
import { type Breach, breachesOf, type Look, type Rules } from "./rule.ts";

/** How far beside its line a vehicle may be; the canonical validator's. */
export const OFF_MAX_M = 200;
/** 60 miles an hour: no town's bus. */
const SPEED_MAX_MPS = 26.8;

const NOBODY: ReadonlySet<string> = new Set();

type Identified = { readonly id: string; readonly seen: ReadonlySet<string> };

const IDENTITY: Rules<Identified> = {
  E052: ({ id, seen }) => seen.has(id) && `vehicle.id ${id} comes twice`,
  W002: ({ id }) => id === "" && "vehicle.id is not populated",
};

const POSITION: Rules<NonNullable<Vehicle["position"]>> = {
  E026: ({ latitude = Number.NaN, longitude = Number.NaN }) =>
    !isOnEarth(latitude, longitude) && `${latitude}, ${longitude} is no place on earth`,
  E027: ({ bearing = 0 }) => !(bearing >= 0 && bearing <= 360) && `bearing ${bearing} is not 0 to 360`,
  W004: ({ speed = 0 }) => !(speed >= 0 && speed <= SPEED_MAX_MPS) && `speed ${speed.toFixed(1)} m/s`,
};

type Placed = { readonly place: LatLon; readonly trip: Vehicle["trip"]; readonly plan: Plan };

const PLACE: Rules<Placed> = {
  E028: ({ place, plan }) =>
    !isServed(plan.area, planeAround(plan.middle).project(place)) && "it is outside the area that is served",
  E029: ({ place, trip, plan }) => {
    const line = plannedTrip(plan, trip)?.line;
    const isOff =
      line && listPasses(line.path, planeAround(line.middle).project(place), OFF_MAX_M).length === 0;
    return isOff && `it is more than ${OFF_MAX_M} m beside the shape of trip ${trip?.tripId}`;
  },
};

/** E026 … E029, E052, W002, W004: the vehicles of one feed. */
export function* checkVehicles({ message, plan }: Look): Iterable<Breach> {
  const seen = new Set<string>();
  for (const { id, vehicle, tripUpdate } of message.entity ?? []) {
    const described = vehicle ?? tripUpdate;
    if (!described) continue;
    const vehicle_id = described.vehicle?.id ?? "";
    // A trip update may name a vehicle again: only two positions of one are a contradiction.
    yield* breachesOf(IDENTITY, id, { id: vehicle_id, seen: vehicle ? seen : NOBODY });
    if (vehicle && vehicle_id !== "") seen.add(vehicle_id);
    if (vehicle) yield* positionBreaches(id, vehicle, plan);
  }
}

function* positionBreaches(
  id: string | undefined,
  { position, trip }: Vehicle,
  plan: Plan,
): Iterable<Breach> {
  if (!position) return;
  yield* breachesOf(POSITION, id, position);
  const { latitude = Number.NaN, longitude = Number.NaN } = position;
  if (!isOnEarth(latitude, longitude)) return;
  yield* breachesOf(PLACE, id, { place: { latitude, longitude }, trip, plan });
}

type Paired = { readonly trip?: { readonly tripId?: string }; readonly vehicle?: { readonly id?: string } };
/** Which vehicle drives each trip, as one of the feeds says. */
type Drivers = ReadonlyMap<string, string | undefined>;
type Pairing = {
  readonly trip_id: string;
  readonly vehicle_id: string | undefined;
  readonly others: Drivers;
  readonly feed: string;
};

const PAIR: Rules<Pairing> = {
  E047: ({ trip_id, vehicle_id, others, feed }) => {
    const other = others.get(trip_id);
    if (other === undefined || vehicle_id === undefined || other === vehicle_id) return undefined;
    return `trip ${trip_id} has vehicle ${vehicle_id} here, ${other} in the ${feed}`;
  },
  W003: ({ trip_id, others, feed }) => !others.has(trip_id) && `trip ${trip_id} is not in the ${feed}`,
};

/** E047, W003: what the feeds of one agency say of each other. */
export function* checkPairing({ message, together }: Look): Iterable<Breach> {
  const all = together.flatMap(({ entity = [] }) => entity);
  const updates = driversOf(all.map(({ tripUpdate }) => tripUpdate));
  const positions = driversOf(all.map(({ vehicle }) => vehicle));
  if (updates.size === 0 || positions.size === 0) return;
  for (const { id, tripUpdate, vehicle } of message.entity ?? []) {
    const [others, feed] = tripUpdate ? [positions, "VehiclePositions"] : [updates, "TripUpdates"];
    for (const [trip_id, vehicle_id] of driversOf([tripUpdate ?? vehicle]))
      yield* breachesOf(PAIR, id, { trip_id, vehicle_id, others, feed });
  }
}

function driversOf(said: readonly (Paired | undefined)[]): Drivers {
  const drivers = new Map<string, string | undefined>();
  for (const each of said) {
    const trip_id = each?.trip?.tripId;
    if (trip_id !== undefined) drivers.set(trip_id, each?.vehicle?.id);
  }
  return drivers;
}

function isOnEarth(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
