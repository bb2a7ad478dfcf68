import type { DayReplay, SegmentCollection } from "../../api/types.ts";

type Moment = DayReplay["moments"][number];
type Position = readonly [number, number];

/** A vehicle came to a stop or left it; the instant in epoch milliseconds. */
type Station = Pick<Moment, "what" | "route_id" | "trip_id" | "stop_id" | "delay_s"> & {
  readonly at_ms: number;
  readonly place: Position;
  /** From this stop to the next one's; absent where none is known. */
  readonly way?: readonly Position[];
};

/** What one vehicle did in a day, by time. */
export type Track = {
  readonly id: string;
  readonly vehicle_id: string;
  readonly stations: readonly Station[];
};

/** A vehicle at one moment. */
export type Seen = Pick<Station, "route_id" | "trip_id" | "stop_id" | "delay_s"> & {
  readonly id: string;
  readonly vehicle_id: string;
  readonly place: Position;
  /** Whether it drives from `stop_id`, or stands there. */
  readonly driving: boolean;
};

/** After so long without a sign of it a vehicle is not where it was last seen. */
const SILENT_MS_MAX = 20 * 60_000;

/** Vehicles of a day with the ways they drove; moments without a place are passed over. */
export function tracksOf(moments: readonly Moment[], { features }: SegmentCollection): readonly Track[] {
  const ways = new Map(
    features.map(({ properties: { feed, stop_id, next_stop_id }, geometry }) => [
      [feed, stop_id, next_stop_id].join("\t"),
      geometry.coordinates,
    ]),
  );
  const vehicles = Map.groupBy(moments, ({ feed, vehicle_id }) => `${feed}\t${vehicle_id}`);
  return [...vehicles].map(([id, own]) => {
    const placed = own.flatMap((moment) => (moment.place ? [{ ...moment, place: moment.place }] : []));
    const stations = placed.map(({ feed, place: { longitude, latitude }, ...moment }, index): Station => {
      const { what, route_id, trip_id, stop_id, delay_s } = moment;
      const next = placed[index + 1];
      const way = what === "departed" && next && ways.get([feed, stop_id, next.stop_id].join("\t"));
      const common = { what, route_id, trip_id, stop_id, delay_s, at_ms: Date.parse(moment.at) };
      return { ...common, place: [longitude, latitude], ...(way && { way }) };
    });
    return { id, vehicle_id: own[0]?.vehicle_id ?? "", stations };
  });
}

/** Who was where at a moment: between two stops as far along the way as the time had passed. */
export function seenAt(tracks: readonly Track[], at_ms: number): readonly Seen[] {
  return tracks.flatMap(({ id, vehicle_id, stations }) => {
    const last = lastUntil(stations, at_ms);
    const [now, next] = [stations[last], stations[last + 1]];
    if (!now || (!next && at_ms - now.at_ms > 60_000)) return [];
    if (next && next.at_ms - now.at_ms > SILENT_MS_MAX && at_ms - now.at_ms > 60_000) return [];
    const { route_id, trip_id, stop_id, delay_s } = now;
    const driving = now.what === "departed" && next !== undefined && next.trip_id === trip_id;
    const share = driving ? (at_ms - now.at_ms) / Math.max(1, next.at_ms - now.at_ms) : 0;
    const place = driving ? placeAlong(now.way ?? [now.place, next.place], share) : now.place;
    return [{ id, vehicle_id, route_id, trip_id, stop_id, delay_s, place, driving }];
  });
}

/** Index of the last one at or before an instant; -1 before all. */
function lastUntil(stations: readonly Station[], at_ms: number): number {
  let low = 0;
  let high = stations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stations[middle]?.at_ms ?? 0) <= at_ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A share of the way along a line; degrees will do for a way between two stops. */
function placeAlong(way: readonly Position[], share: number): Position {
  const lengths = way.slice(1).map(([east, north], index) => {
    const [before_east, before_north] = way[index] ?? [east, north];
    return Math.hypot((east - before_east) * Math.cos((north * Math.PI) / 180), north - before_north);
  });
  let left = lengths.reduce((sum, each) => sum + each, 0) * share;
  for (const [index, length] of lengths.entries()) {
    const [a, b] = [way[index], way[index + 1]];
    if (left <= length && a && b) {
      const part = length > 0 ? left / length : 0;
      return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
    }
    left -= length;
  }
  return way.at(-1) ?? [0, 0];
}
