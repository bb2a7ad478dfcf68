import type { LatLon } from "@yardline/domain/geo";
import { LINES, PLACES } from "./map.ts";
import {
  latLonOf,
  lengthOf_m,
  nearest_m,
  type Point,
  placeAt,
  reversed,
  type Way,
  wayAlong,
} from "./streets.ts";

/** A pole at the right-hand side of the street: one a place and driving direction. */
export type Stop = LatLon & { readonly stop_id: string; readonly stop_name: string };

/** One direction of a line. */
export type Direction = {
  readonly direction_id: 0 | 1;
  readonly headsign: string;
  readonly way: Way;
  readonly calls: readonly { readonly stop_id: string; readonly along_m: number }[];
};

export type Line = {
  readonly route_id: string;
  readonly route_short_name: string;
  readonly route_long_name: string;
  readonly route_color: string;
  /** Buses by day; the night line has its own. */
  readonly buses: number;
  readonly night: boolean;
  readonly directions: readonly [Direction, Direction];
};

export type Network = { readonly stops: readonly Stop[]; readonly lines: readonly Line[] };

const KERB_M = 6;

/** The invented town's lines laid on its streets. The same at each call. */
export function buildNetwork(): Network {
  const stops = new Map<string, Stop>();
  const lines = LINES.map((line): Line => {
    const way = wayAlong(line.path);
    const there = call(way, line.places, stops);
    const back = call(reversed(way), line.places.toReversed(), stops);
    const [first = "", last = ""] = [line.places[0], line.places.at(-1)].map((id) => PLACES[id ?? ""]?.name);
    return {
      route_id: line.route_id,
      route_short_name: line.short_name,
      route_long_name: `${first} – ${last}`,
      route_color: line.color,
      buses: line.buses,
      night: line.night ?? false,
      directions: [
        { direction_id: 0, headsign: last, way, calls: there },
        { direction_id: 1, headsign: first, way: reversed(way), calls: back },
      ],
    };
  });
  return { stops: [...stops.values()], lines };
}

/** Where a way passes its places, in order; puts up the poles that are not there yet. */
function call(way: Way, places: readonly string[], stops: Map<string, Stop>): Direction["calls"] {
  let from_m = 0;
  return places.map((id, index) => {
    const place = PLACES[id];
    if (!place) throw new Error(`The map has no place "${id}".`);
    const last = index === places.length - 1;
    const along_m = index === 0 ? 0 : last ? lengthOf_m(way) : nearest_m(way, place.point, from_m);
    from_m = along_m;
    const { point, course_deg } = placeAt(way, along_m);
    // Poles are told apart by the half of the compass that the bus drives towards.
    const stop_id = `${id}-${course_deg < 180 ? 1 : 2}`;
    if (!stops.has(stop_id)) {
      stops.set(stop_id, { stop_id, stop_name: place.name, ...latLonOf(kerb(point, course_deg)) });
    }
    return { stop_id, along_m };
  });
}

function kerb([x_m, y_m]: Point, course_deg: number): Point {
  const right = ((course_deg + 90) * Math.PI) / 180;
  return [x_m + KERB_M * Math.sin(right), y_m + KERB_M * Math.cos(right)];
}
