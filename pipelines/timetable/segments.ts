import type { LatLon } from "@yardline/domain/geo";
import type { Path } from "./path.ts";
import type { Pattern, Timetable } from "./timetable.ts";

/** The way from a stop to the next one of some trip. */
export type Segment = {
  readonly feed: string;
  readonly stop_id: string;
  readonly next_stop_id: string;
  readonly length_m: number;
  /** At least two, in driving order. */
  readonly corners: readonly LatLon[];
  /** The lines that drive it, sorted. */
  readonly route_ids: readonly string[];
};

/** Every segment of the timetables once, the shortest of its ways, by feed and stops. */
export function listSegments(timetables: readonly Timetable[]): readonly Segment[] {
  const all = timetables.flatMap(({ feed, patterns }) =>
    patterns.flatMap((pattern) => segmentsOf(feed, pattern)),
  );
  const named = Map.groupBy(all, ({ stop_id, next_stop_id, feed }) =>
    [feed, stop_id, next_stop_id].join("\t"),
  );
  return [...named.keys()].sort().flatMap((name) => together(named.get(name) ?? []));
}

function segmentsOf(feed: string, { stops, stop_at_m, path, route }: Pattern): readonly Segment[] {
  return stops.slice(1).map(({ stop_id: next_stop_id }, i) => {
    const [from_m = 0, to_m = 0] = stop_at_m.subarray(i, i + 2);
    return {
      ...{ feed, stop_id: stops[i]?.stop_id ?? "", next_stop_id, length_m: to_m - from_m },
      ...{ corners: cornersBetween(path, from_m, to_m), route_ids: [route.route_id] },
    };
  });
}

function together(ways: readonly Segment[]): readonly Segment[] {
  const [shortest] = ways.toSorted((a, b) => a.length_m - b.length_m);
  const route_ids = [...new Set(ways.flatMap((way) => way.route_ids))].sort();
  return shortest ? [{ ...shortest, route_ids }] : [];
}

/** The piece of a path between two distances along it. */
function cornersBetween({ corners, at_m }: Path, from_m: number, to_m: number): readonly LatLon[] {
  const between = corners.filter((_, i) => (at_m[i] ?? 0) > from_m && (at_m[i] ?? 0) < to_m);
  return [placeOn(corners, at_m, from_m), ...between, placeOn(corners, at_m, to_m)];
}

function placeOn(corners: readonly LatLon[], at_m: Float64Array, along_m: number): LatLon {
  const to = Math.max(
    1,
    at_m.findIndex((each) => each >= along_m),
  );
  const [a, b] = [corners[to - 1], corners[to] ?? corners[to - 1]];
  const [from_m = 0, to_m = 0] = [at_m[to - 1], at_m[to]];
  if (!a || !b) return { latitude: 0, longitude: 0 };
  const share = to_m > from_m ? Math.min(1, Math.max(0, (along_m - from_m) / (to_m - from_m))) : 0;
  return {
    latitude: a.latitude + share * (b.latitude - a.latitude),
    longitude: a.longitude + share * (b.longitude - a.longitude),
  };
}
