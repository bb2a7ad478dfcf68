import type { EpochMs } from "@yardline/domain/time";
import type { Arrival, LiveVehicle, TripRun } from "@yardline/domain/trip-run";
import bindings from "gtfs-realtime-bindings";

const { FeedMessage, FeedHeader, TripDescriptor, TripUpdate, VehiclePosition } = bindings.transit_realtime;
const { SCHEDULED, SKIPPED } = TripUpdate.StopTimeUpdate.ScheduleRelationship;
type Entity = bindings.transit_realtime.IFeedEntity;
type StopTimeUpdate = bindings.transit_realtime.TripUpdate.IStopTimeUpdate;

/**
 * Predictions as a GTFS-Realtime 2.0 `FeedMessage`: one TripUpdate a trip run that a vehicle reports on now. Runs known from
 * the timetable alone, and vehicles that fell silent, are left out: a consumer then shows the timetable as what it is.
 * What people ordered is told of all runs: cancelled ones, added
 * ones with all their calls, and the stops that are passed by. Added trips are ADDED: consumers know it, and do not yet know its
 * successor NEW. `uncertainty` is half the width of the interval that holds the arrival four times out of five, in seconds.
 */
export function tripUpdatesFeed(
  arrivals: readonly Arrival[],
  now_ms: EpochMs,
  isExact: IsExact = () => false,
  cancelled: readonly TripRun[] = [],
): Uint8Array {
  const gone = new Map(cancelled.map((run) => [runIdOf(run), run]));
  const told = arrivals.filter(({ basis, run, skipped }) => basis === "live" || run.added || skipped);
  const runs = Map.groupBy(told, ({ run }) => runIdOf(run));
  return feedOf(
    [
      ...[...runs]
        .filter(([id]) => !gone.has(id))
        .map(([id, ofRun]) => tripUpdate(id, freshest(ofRun), now_ms, isExact)),
      ...[...gone].map(([id, run]) => cancelledTrip(id, run, now_ms)),
    ],
    now_ms,
  );
}

function cancelledTrip(
  id: string,
  { trip_id, route_id, service_date, start_time }: TripRun,
  now_ms: EpochMs,
): Entity {
  const trip = {
    tripId: trip_id,
    routeId: route_id,
    startDate: service_date,
    ...(start_time !== undefined && { startTime: start_time }),
    scheduleRelationship: TripDescriptor.ScheduleRelationship.CANCELED,
  };
  return { id, tripUpdate: { trip, timestamp: posix(now_ms) } };
}

/** Whether a run of a trip driven by headway keeps its departures to the minute: the two kinds are named differently. */
type IsExact = (run: TripRun) => boolean;

/** Where the vehicles are, as a GTFS-Realtime 2.0 `FeedMessage`: the newest position of each. Never a plate, never a driver. */
export function vehiclePositionsFeed(
  vehicles: readonly LiveVehicle[],
  now_ms: EpochMs,
  isExact: IsExact = () => false,
): Uint8Array {
  const newest = new Map<string, LiveVehicle>();
  for (const vehicle of vehicles) {
    const before = newest.get(vehicle.vehicle_id);
    if (isOnEarth(vehicle) && !(before && before.at_ms > vehicle.at_ms))
      newest.set(vehicle.vehicle_id, vehicle);
  }
  return feedOf(
    [...newest.values()].map((vehicle) => vehiclePosition(vehicle, now_ms, isExact)),
    now_ms,
  );
}

export function feedOf(entity: Entity[], now_ms: EpochMs): Uint8Array {
  return FeedMessage.encode({
    header: {
      gtfsRealtimeVersion: "2.0",
      incrementality: FeedHeader.Incrementality.FULL_DATASET,
      timestamp: posix(now_ms),
    },
    entity,
  }).finish();
}

/** Two vehicles may claim one run, as when a bus is exchanged on the way: the one that was heard last is believed. */
function freshest(arrivals: readonly Arrival[]): readonly Arrival[] {
  const heard = (arrival: Arrival) => arrival.signal_at_ms ?? 0;
  const last = arrivals.reduce((best, each) => (heard(each) > heard(best) ? each : best));
  return arrivals
    .filter(({ vehicle_id }) => vehicle_id === last.vehicle_id)
    .toSorted((a, b) => a.stop_sequence - b.stop_sequence);
}

function tripUpdate(id: string, arrivals: readonly Arrival[], now_ms: EpochMs, isExact: IsExact): Entity {
  const [first] = arrivals;
  return {
    id,
    tripUpdate: {
      trip: first ? tripOf(first.run, isExact) : {},
      ...(first?.vehicle_id !== undefined && { vehicle: { id: first.vehicle_id, label: first.vehicle_id } }),
      stopTimeUpdate: stopTimeUpdates(arrivals),
      timestamp: posix(Math.min(first?.signal_at_ms ?? now_ms, now_ms)),
    },
  };
}

/** By stop_sequence, each once; times grow by at least a second, since rounding must not make two stops simultaneous. */
function stopTimeUpdates(arrivals: readonly Arrival[]): StopTimeUpdate[] {
  const updates: StopTimeUpdate[] = [];
  let before: Arrival | undefined;
  let time = 0;
  for (const arrival of arrivals) {
    if (before && (before.stop_sequence === arrival.stop_sequence || before.stop_id === arrival.stop_id))
      continue;
    const call = { stopSequence: arrival.stop_sequence, stopId: arrival.stop_id };
    before = arrival;
    if (arrival.skipped) {
      updates.push({ ...call, scheduleRelationship: SKIPPED });
      continue;
    }
    time = Math.max(time + 1, posix(arrival.predicted_at_ms));
    updates.push({
      ...call,
      arrival: { time, delay: time - posix(arrival.scheduled_at_ms), ...uncertaintyOf(arrival) },
      scheduleRelationship: SCHEDULED,
    });
  }
  return updates;
}

function uncertaintyOf({ low_ms, high_ms }: Arrival) {
  return low_ms === undefined || high_ms === undefined
    ? {}
    : { uncertainty: Math.ceil((high_ms - low_ms) / 2000) };
}

function vehiclePosition(vehicle: LiveVehicle, now_ms: EpochMs, isExact: IsExact): Entity {
  const { vehicle_id, run, stop_id, stop_sequence, at_ms } = vehicle;
  return {
    id: vehicle_id,
    vehicle: {
      vehicle: { id: vehicle_id, label: vehicle_id },
      position: {
        latitude: vehicle.latitude,
        longitude: vehicle.longitude,
        ...(vehicle.course_deg !== undefined && { bearing: vehicle.course_deg }),
        ...(vehicle.speed_mps !== undefined && { speed: vehicle.speed_mps }),
      },
      timestamp: posix(Math.min(at_ms, now_ms)),
      ...(run && { trip: tripOf(run, isExact) }),
      ...(run && stop_id !== undefined && stop_sequence !== undefined
        ? {
            stopId: stop_id,
            currentStopSequence: stop_sequence,
            currentStatus: VehiclePosition.VehicleStopStatus.IN_TRANSIT_TO,
          }
        : {}),
    },
  };
}

function tripOf(run: TripRun, isExact: IsExact) {
  const { trip_id, route_id, service_date, start_time, added } = run;
  const { SCHEDULED, UNSCHEDULED, ADDED } = TripDescriptor.ScheduleRelationship;
  const planned = start_time === undefined || isExact(run) ? SCHEDULED : UNSCHEDULED;
  const scheduleRelationship = added ? ADDED : planned;
  const named = { tripId: trip_id, routeId: route_id, startDate: service_date, scheduleRelationship };
  return start_time === undefined ? named : { ...named, startTime: start_time };
}

export function runIdOf({ feed, service_date, trip_id, start_time = "" }: TripRun): string {
  return [feed, service_date, trip_id, start_time].filter((part) => part !== "").join(":");
}

function isOnEarth({ latitude, longitude }: LiveVehicle): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && !(latitude === 0 && longitude === 0);
}

export function posix(at_ms: EpochMs): number {
  return Math.floor(at_ms / 1000);
}
