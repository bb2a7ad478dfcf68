import type { DayReplay, LineDay, Report, ReportRow, SegmentCollection } from "../api/types.ts";
import { LINES } from "./fake-network.ts";

/** A planner's report: two lines, one of them seldom on time. */
export const fakeReport = (): Report => ({
  report: "on-time",
  definition: "",
  completeness: { planned_trips: 812, seen_trips: 790, planned_calls: 9744, seen_calls: 9105 },
  days: { asked: 7, recorded: 7, first: "2026-10-01", last: "2026-10-07", timetable_changes: [] },
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

const LINE_STOPS = 9;
const HOP_S = 120;

/** Line 1 each quarter of an hour of a morning, there and back, later and later; one trip is cancelled, one was not seen. */
export function fakeLineDay(): LineDay {
  const stops = Array.from({ length: LINE_STOPS }, (_, at) => ({ stop_id: `s${at}`, at_m: at * 480 }));
  const back = stops.map(({ at_m }, at) => ({ stop_id: `s${LINE_STOPS - 1 - at}`, at_m }));
  const trips = Array.from({ length: 16 }, (_, at): LineDay["trips"][number] => {
    const due_s = stops.map((_stop, stop) => 25_200 + at * 900 + stop * HOP_S);
    const seen = due_s.map((s, stop) => s + at * 20 + stop * 12 - 60);
    return {
      ...{ feed: "town", trip_id: `t${at}`, pattern: at % 2, cancelled: at === 4 },
      ...{ arrival_s: due_s, departure_s: due_s },
      drives:
        at === 4 || at === 7 ? [] : [{ vehicle_id: `AA 10${40 + at}`, arrival_s: seen, departure_s: seen }],
    };
  });
  return {
    ...{ begins_at: "2026-10-06T21:00:00Z", unknown_visits: 3, trips },
    patterns: [
      { direction_id: 0, stops },
      { direction_id: 1, stops: back },
    ],
  };
}

/** One bus along line 1, from eight in the morning. */
export function fakeReplay(): DayReplay {
  const { path } = LINES[0] ?? { path: [] };
  const moments = Array.from({ length: LINE_STOPS * 2 }, (_, at) => {
    const stop = Math.floor(at / 2);
    const [longitude = 0, latitude = 0] = path[stop * 5] ?? [];
    return {
      at: new Date(Date.parse("2026-10-07T05:00:00Z") + at * 60_000).toISOString(),
      what: at % 2 === 0 ? ("arrived" as const) : ("departed" as const),
      ...{ feed: "town", route_id: "r1", trip_id: "t1", vehicle_id: "AA 1040", stop_id: `s${stop}` },
      ...{ stop_sequence: stop, delay_s: stop * 40, place: { latitude, longitude } },
    };
  });
  return { moments };
}
