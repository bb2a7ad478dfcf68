import { distance_m, type LatLon } from "@yardline/domain/geo";
import type { GeoBox } from "@yardline/index/condition";
import { camerasKnownTo } from "./cameras-known.ts";
import type { Parts } from "./parts.ts";
import type { Visitor } from "./visitor.ts";

/** What in town has a name and a place. */
export type NamedPlace = LatLon & {
  /** `stop/market`, `camera/yard-1`: unique in the town. */
  readonly id: string;
  readonly kind: "stop" | "camera";
  readonly name: string;
};

/** The places that somebody may know of: stops are for everybody, cameras for whoever may know of them. */
export function placesKnownTo(
  visitor: Visitor,
  { transit, cameras, town, clock }: Pick<Parts, "transit" | "cameras" | "town" | "clock">,
): readonly NamedPlace[] {
  const stops = (transit?.listStops() ?? []).map(({ stop_id, stop_name, latitude, longitude }) => ({
    ...{ id: `stop/${stop_id}`, kind: "stop" as const, name: stop_name, latitude, longitude },
  }));
  const known = camerasKnownTo(visitor, { cameras, town, clock }).flatMap(({ id, name, place }) =>
    place ? { id: `camera/${id}`, kind: "camera" as const, name, ...place } : [],
  );
  return [...stops, ...known];
}

export function isInBox({ latitude, longitude }: LatLon, { west, south, east, north }: GeoBox): boolean {
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
}

export function isInCircle(
  place: LatLon,
  { center, radius_m }: { readonly center: LatLon; readonly radius_m: number },
): boolean {
  return distance_m(center, place) <= radius_m;
}

/** Room around the outermost places: about 500 m at 50° north. */
const MARGIN_DEGREES = 0.005;

/** West, south, east, north around every stop and camera; undefined where none has a place. */
export function boundsOf({ transit, cameras }: Pick<Parts, "transit" | "cameras">): number[] | undefined {
  const places: readonly LatLon[] = [
    ...(transit?.listStops() ?? []),
    ...cameras.listCameras().flatMap(({ place }) => place ?? []),
  ];
  if (places.length === 0) return undefined;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { latitude, longitude } of places) {
    west = Math.min(west, longitude);
    south = Math.min(south, latitude);
    east = Math.max(east, longitude);
    north = Math.max(north, latitude);
  }
  const margin = MARGIN_DEGREES;
  return [west - margin, south - margin, east + margin, north + margin];
}
