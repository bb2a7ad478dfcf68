import type { Report, ReportRow, SegmentCollection } from "../api/types.ts";
import { LINES } from "./fake-network.ts";

/** A planner's report: two lines, one of them seldom on time. */
export const fakeReport = (): Report => ({
  report: "on-time",
  definition: "",
  completeness: { planned_trips: 812, seen_trips: 790, planned_calls: 9744, seen_calls: 9105 },
  rows: [
    {
      feed: "town",
      route_id: "r1",
      direction_id: 0,
      n: 4210,
      early: 0.02,
      on_time: 0.91,
      late: 0.07,
      mean_delay_s: 64,
    },
    {
      feed: "town",
      route_id: "r2",
      direction_id: 1,
      n: 3890,
      early: 0.11,
      on_time: 0.63,
      late: 0.26,
      mean_delay_s: -75,
    },
  ],
});

/** Each way between two stops of the lines, there and back. */
const WAYS = LINES.flatMap(({ path, route_id }, line) =>
  Array.from({ length: 8 }, (_, at) => ({
    ...{ route_id, from: `s${line * 9 + at}`, to: `s${line * 9 + at + 1}` },
    corners: path.slice(at * 5, at * 5 + 6),
  })).flatMap((way) => [way, { ...way, from: way.to, to: way.from, corners: way.corners.toReversed() }]),
);

export const fakeSegments = (): SegmentCollection => ({
  type: "FeatureCollection",
  features: WAYS.map(({ from, to, corners, route_id }) => ({
    type: "Feature",
    geometry: { type: "LineString", coordinates: corners },
    properties: { feed: "town", stop_id: from, next_stop_id: to, length_m: 480, route_ids: [route_id] },
  })),
});

/** Of every way, each a bit worse than the one before. */
export const fakeNetworkReport = (): Report => ({
  ...fakeReport(),
  report: "network",
  rows: WAYS.map(
    ({ from, to }, at): ReportRow => ({
      ...{ feed: "town", stop_id: from, next_stop_id: to, n: 40 + at, mean_delay_s: at * 9 - 80 },
      ...{ p50_s: 60 + at, planned_s: 65, gained_s: at - 5, length_m: 480, p50_kmh: 38 - at * 0.7 },
    }),
  ),
});
