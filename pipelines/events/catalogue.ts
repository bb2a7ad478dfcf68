import { cameraLost } from "./camera-lost.ts";
import { cameraPaused } from "./camera-paused.ts";
import { cameraTampered } from "./camera-tampered.ts";
import { cameraTurned } from "./camera-turned.ts";
import type { YardlineEvent } from "./event.ts";
import type { EventType, Facets, Language, Measures } from "./event-type.ts";
import { transitBreakdownLike } from "./transit-breakdown-like.ts";
import { transitBunching } from "./transit-bunching.ts";
import { transitDelayChanged } from "./transit-delay-changed.ts";
import { transitEarlyDeparture } from "./transit-early-departure.ts";
import { transitFeedLost } from "./transit-feed-lost.ts";
import { transitHeadwayGap } from "./transit-headway-gap.ts";
import { transitLongDwell } from "./transit-long-dwell.ts";
import { transitMissedTrip } from "./transit-missed-trip.ts";
import { transitNoSignal } from "./transit-no-signal.ts";
import { transitOffRoute } from "./transit-off-route.ts";
import { transitStopVisit } from "./transit-stop-visit.ts";
import { transitStoppedBetweenStops } from "./transit-stopped-between-stops.ts";
import { yardCrowding } from "./yard-crowding.ts";
import { yardFallLike } from "./yard-fall-like.ts";
import { yardLeftObject } from "./yard-left-object.ts";
import { yardLineCrossed } from "./yard-line-crossed.ts";
import { yardLoitering } from "./yard-loitering.ts";
import { yardOccupancy } from "./yard-occupancy.ts";
import { yardPresence } from "./yard-presence.ts";
import { yardRemovedObject } from "./yard-removed-object.ts";
import { yardReported } from "./yard-reported.ts";
import { yardRunning } from "./yard-running.ts";
import { yardVehicleAtNight } from "./yard-vehicle-at-night.ts";
import { yardVehicleStopped } from "./yard-vehicle-stopped.ts";
import { yardWrongWay } from "./yard-wrong-way.ts";

/** Every kind of event there is, in the order of the flow. A new kind is one file and one line here. */
export const CATALOGUE: readonly EventType[] = [
  yardPresence,
  yardLineCrossed,
  yardLoitering,
  yardLeftObject,
  yardRemovedObject,
  yardCrowding,
  yardWrongWay,
  yardVehicleStopped,
  yardVehicleAtNight,
  yardRunning,
  yardFallLike,
  yardOccupancy,
  yardReported,
  cameraLost,
  cameraTampered,
  cameraTurned,
  cameraPaused,
  transitStopVisit,
  transitDelayChanged,
  transitEarlyDeparture,
  transitLongDwell,
  transitStoppedBetweenStops,
  transitBreakdownLike,
  transitOffRoute,
  transitNoSignal,
  transitFeedLost,
  transitMissedTrip,
  transitBunching,
  transitHeadwayGap,
];

const byType = new Map(CATALOGUE.map((entry) => [entry.type, entry]));

/** The entry of a type, or undefined for one that a newer release may know. */
export function findEventType(type: string): EventType | undefined {
  return byType.get(type);
}

/**
 * The entry that an event's `data` was written by, or undefined where this release knows its type or its version not:
 * such events are kept and found by their envelope.
 */
export function findEntryOf({
  type,
  dataschema,
}: Pick<YardlineEvent, "type" | "dataschema">): EventType | undefined {
  const entry = byType.get(type);
  return entry?.dataschema === dataschema ? entry : undefined;
}

/** The names that search finds an event by; none for a kind that this release does not know. */
export function facetsOf(event: YardlineEvent): Facets {
  return findEntryOf(event)?.facets(event.data) ?? {};
}

/** The numbers that search compares; none for a kind that this release does not know. */
export function measuresOf(event: YardlineEvent): Measures {
  return findEntryOf(event)?.measures(event.data) ?? {};
}

/** The event in one sentence for a person; for a kind that this release does not know, its bare type. */
export function sentenceOf(event: YardlineEvent, language: Language): string {
  return findEntryOf(event)?.sentence(event.data, language) ?? event.type;
}
