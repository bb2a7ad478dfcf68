import type { cameraLost } from "@yardline/events/camera-lost";
import type { transitDelayChanged } from "@yardline/events/transit-delay-changed";
import type { transitStopVisit } from "@yardline/events/transit-stop-visit";
import type { yardPresence } from "@yardline/events/yard-presence";
import type { Static } from "typebox";
import type { ApiEvent, LatLon } from "../api/types.ts";

type Presence = Static<(typeof yardPresence)["data"]>;
/** What the kinds of the yard have in common; those about a count have no label, those about no picture no box. */
type Scene = Pick<Presence, "camera" | "rule" | "zone" | "since" | "until" | "ended" | "recorded"> &
  Partial<Pick<Presence, "label" | "score" | "sightings" | "box" | "snapshot">>;
type CameraGap = Static<(typeof cameraLost)["data"]>;
type StopVisit = Static<(typeof transitStopVisit)["data"]>;
/** What every event about a vehicle on its run says. */
type Call = Pick<StopVisit, "route_id" | "route_short_name">;
type DelayChange = Static<(typeof transitDelayChanged)["data"]>;

/** What a person filters by: where it comes from, not its exact type. */
export const KINDS = ["yard", "transit", "camera"] as const;
export type Kind = (typeof KINDS)[number];

/** The event types behind each kind, as the API wants them named. */
export const TYPES_OF_KIND: Readonly<Record<Kind, readonly string[]>> = {
  yard: [
    "yard.presence",
    "yard.line-crossed",
    "yard.loitering",
    "yard.crowding",
    "yard.wrong-way",
    "yard.vehicle-stopped",
    "yard.vehicle-at-night",
    "yard.running",
    "yard.fall-like",
    "yard.occupancy",
    "yard.left-object",
    "yard.removed-object",
    "yard.reported",
  ],
  transit: [
    "transit.stop-visit",
    "transit.delay-changed",
    "transit.early-departure",
    "transit.long-dwell",
    "transit.stopped-between-stops",
    "transit.breakdown-like",
    "transit.off-route",
    "transit.no-signal",
    "transit.feed-lost",
    "transit.missed-trip",
    "transit.bunching",
    "transit.headway-gap",
  ],
  camera: ["camera.lost", "camera.tampered", "camera.turned", "camera.paused"],
};

/** The kind of an event; undefined for one that a newer server knows and this page does not. */
export function findKind(type: string): Kind | undefined {
  return KINDS.find((kind) => type.startsWith(`${kind}.`));
}

/** The data of an event under its own type. Data comes from the server's strict writers, so the type name suffices. */
export const sceneOf = (event: ApiEvent) =>
  TYPES_OF_KIND.yard.includes(event.type) ? (event.data as Scene) : undefined;
export const cameraGapOf = (event: ApiEvent) =>
  event.type === "camera.lost" ? (event.data as CameraGap) : undefined;
export const stopVisitOf = (event: ApiEvent) =>
  event.type === "transit.stop-visit" ? (event.data as StopVisit) : undefined;
export const delayChangeOf = (event: ApiEvent) =>
  event.type === "transit.delay-changed" ? (event.data as DelayChange) : undefined;

/** The labels that search finds an event by, as the server's catalogue derives them. */
export function labelsOf(event: ApiEvent): readonly string[] {
  const transit = TYPES_OF_KIND.transit.includes(event.type) ? (event.data as Call) : undefined;
  if (transit) return [transit.route_short_name ?? transit.route_id];
  const label = sceneOf(event)?.label;
  return label ? [label] : [];
}

/** Whether it still goes on. */
export const isOpen = (event: ApiEvent) => event.state === "open" || event.state === "updated";

/** Footage from disk, so that nothing of it happens now. */
export const isRecorded = (event: ApiEvent) => sceneOf(event)?.recorded === true;

/** The point out of the event's RFC 5870 URI. */
export function findPlace({ place }: { readonly place?: string | undefined }): LatLon | undefined {
  const [, latitude, longitude] = /^geo:(-?[\d.]+),(-?[\d.]+)/.exec(place ?? "") ?? [];
  return latitude === undefined || longitude === undefined
    ? undefined
    : { latitude: Number(latitude), longitude: Number(longitude) };
}
