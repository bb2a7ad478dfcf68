import type { EpochMs } from "@yardline/domain/time";
import type { TripRun } from "@yardline/domain/trip-run";
import type { TransitView } from "./parts.ts";
import type { SharedLines } from "./shared-lines.ts";

/** What stood at a board so long ago has gone. */
const GONE_MS = 60_000;

type Places = {
  readonly stops: ReturnType<TransitView["listStops"]>;
  readonly lines: ReturnType<TransitView["listLines"]>;
};

/**
 * The public side with the lines that neighbours share, each marked with whose it is. Their ids bear the neighbour's name, so that
 * nothing of ours is mistaken for theirs. The feeds stay ours alone: theirs are for them to publish.
 * @param listShared what is shared now; empty from the moment that it is not.
 */
export function withNeighbours(
  own: TransitView,
  listShared: (now_ms: EpochMs) => readonly SharedLines[],
  now: () => EpochMs,
): TransitView {
  let made: (Places & { readonly of: readonly SharedLines[]; readonly own: Places }) | undefined;
  // The same lists as long as nothing changed: who looks things up in them keeps an index.
  const places = (): Places => {
    const of = listShared(now());
    const ours = { stops: own.listStops(), lines: own.listLines() };
    const isSame =
      made && made.own.stops === ours.stops && made.own.lines === ours.lines && sameOf(made.of, of);
    if (!isSame || !made) made = { of, own: ours, ...joined(ours, of) };
    return made;
  };
  return {
    get timezone() {
      return own.timezone;
    },
    listStops: () => places().stops,
    listLines: () => places().lines,
    listVehicles: (now_ms) => [...own.listVehicles(now_ms), ...listShared(now_ms).flatMap(vehiclesOf)],
    listArrivals: (stop_id, now_ms) =>
      own.listArrivals(stop_id, now_ms) ?? arrivalsAt(stop_id, listShared(now_ms), now_ms),
    listPlanned: (stop_id, span, now_ms) => own.listPlanned(stop_id, span, now_ms),
    heardAt: (now_ms) => own.heardAt(now_ms),
    listAlerts: (now_ms) => own.listAlerts(now_ms),
    isUnavailable: () => own.isUnavailable(),
    tripUpdates: (now_ms) => own.tripUpdates(now_ms),
    vehiclePositions: (now_ms) => own.vehiclePositions(now_ms),
    alerts: (now_ms) => own.alerts(now_ms),
  };
}

function sameOf(a: readonly SharedLines[], b: readonly SharedLines[]): boolean {
  return (
    a.length === b.length && a.every((each, at) => each.lines === b[at]?.lines && each.stops === b[at]?.stops)
  );
}

function joined(own: Places, shared: readonly SharedLines[]): Places {
  return {
    stops: [
      ...own.stops,
      ...shared.flatMap(({ from, stops }) =>
        stops.map((stop) => ({ ...stop, stop_id: named(from, stop.stop_id), shared_by: from.name })),
      ),
    ],
    lines: [
      ...own.lines,
      ...shared.flatMap(({ from, lines }) =>
        lines.map((line) => ({ ...line, route_id: named(from, line.route_id), shared_by: from.name })),
      ),
    ],
  };
}

function vehiclesOf({ from, vehicles }: SharedLines) {
  return vehicles.map(({ run, stop_id, vehicle_id, ...vehicle }) => ({
    ...vehicle,
    vehicle_id: named(from, vehicle_id),
    ...(run && { run: runOf(from, run) }),
    ...(stop_id !== undefined && { stop_id: named(from, stop_id) }),
    shared_by: from.name,
  }));
}

function arrivalsAt(stop_id: string, shared: readonly SharedLines[], now_ms: EpochMs) {
  const theirs = shared.find(({ from, stops }) =>
    stops.some((stop) => named(from, stop.stop_id) === stop_id),
  );
  if (!theirs) return undefined;
  const { from, arrivals } = theirs;
  return arrivals
    .filter(
      (arrival) => named(from, arrival.stop_id) === stop_id && arrival.predicted_at_ms > now_ms - GONE_MS,
    )
    .toSorted((a, b) => a.predicted_at_ms - b.predicted_at_ms)
    .map(({ run, vehicle_id, ...arrival }) => ({
      ...arrival,
      stop_id,
      run: runOf(from, run),
      ...(vehicle_id !== undefined && { vehicle_id: named(from, vehicle_id) }),
      shared_by: from.name,
    }));
}

function runOf(from: SharedLines["from"], run: TripRun): TripRun {
  return {
    ...run,
    feed: named(from, run.feed),
    trip_id: named(from, run.trip_id),
    route_id: named(from, run.route_id),
  };
}

/** No id of our own timetable begins so. */
function named({ tenant }: SharedLines["from"], id: string): string {
  return `${tenant}~${id}`;
}
