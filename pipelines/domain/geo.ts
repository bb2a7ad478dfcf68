/** WGS 84 degrees; latitude in [-90, 90], longitude in [-180, 180). Field names as in GTFS-Realtime. */
export type LatLon = { readonly latitude: number; readonly longitude: number };

/** Nearer than this to latitude 0, longitude 0 is a receiver without a place: open sea for 500 km around. */
const NOWHERE_DEG = 0.001;

/** Whether a place is what receivers say that know none. */
export function isNowhere({ latitude, longitude }: LatLon): boolean {
  return Math.abs(latitude) < NOWHERE_DEG && Math.abs(longitude) < NOWHERE_DEG;
}

/** Mean earth radius (IUGG R1), the same in every engine that we search with. */
export const EARTH_RADIUS_M = 6_371_008.8;

const RADIANS = Math.PI / 180;

/** Great-circle distance in metres (haversine). */
export function distance_m(a: LatLon, b: LatLon): number {
  const latitudeHalf = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const longitudeHalf = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const h =
    latitudeHalf ** 2 + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * longitudeHalf ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}
