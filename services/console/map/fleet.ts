import { type Map as MapLibre, Marker } from "maplibre-gl";
import type { VehicleCollection } from "../api/types.ts";
import { isMoving, type Motion, poseAt, retarget } from "./bus-motion.ts";

export type Bus = { readonly marker: Marker; readonly motion: Motion };
/** The buses on the map, by vehicle id. */
export type Fleet = ReadonlyMap<string, Bus>;

/** Lays a newly polled answer over the fleet: new buses get a marker, gone ones lose theirs, the others a new goal. */
export function seeFleet(
  map: MapLibre,
  fleet: Fleet,
  seen: VehicleCollection,
  now_ms: number,
  glide: boolean,
): Fleet {
  const next = new Map<string, Bus>();
  for (const { geometry, properties } of seen.features) {
    const [longitude, latitude] = geometry.coordinates;
    const { vehicle_id, course_deg } = properties;
    const known = fleet.get(vehicle_id);
    const pose = { longitude, latitude, ...(course_deg !== undefined && { course_deg }) };
    const bus = {
      marker: known?.marker ?? newMarker(),
      motion: retarget(glide ? known?.motion : undefined, pose, now_ms),
    };
    next.set(vehicle_id, bus);
    placeBus(bus, now_ms);
    if (!known) bus.marker.addTo(map);
  }
  for (const [vehicle_id, { marker }] of fleet) if (!next.has(vehicle_id)) marker.remove();
  return next;
}

/** Moves what is still on its way; a bus that has arrived costs nothing. */
export function moveFleet(fleet: Fleet, before_ms: number, now_ms: number): void {
  for (const bus of fleet.values()) if (isMoving(bus.motion, before_ms)) placeBus(bus, now_ms);
}

const newMarker = () => new Marker({ element: document.createElement("div") });

function placeBus({ marker, motion }: Bus, now_ms: number) {
  const { longitude, latitude, course_deg } = poseAt(motion, now_ms);
  marker.setLngLat([longitude, latitude]);
  marker.getElement().style.setProperty("--course", `${Math.round(course_deg ?? 0)}deg`);
}
