import { distance_m, type LatLon } from "@yardline/domain/geo";
import { alignOn } from "../align.ts";
import { listPasses, type Path, type Plane, pathThrough, planeAround } from "../path.ts";
import type { CheckRule, Feed } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";
import { placeOf } from "./stops.ts";

const FILE = "shapes.txt";
/** A stop farther beside its line is not on it; the canonical validator's. */
const OFF_MAX_M = 100;
/** A line that comes by one stop so often cannot tell which time is meant; the canonical validator's. */
const PASSES_MAX = 20;
/** Two points with one distance and so far apart are a mistake; below it rounding. The canonical validator's. */
const SAME_PLACE_M = 1.11;

export const checkShapes: CheckRule = (feed, findings) => {
  const shapes = feed.grouped(FILE, "shape_id", "shape_pt_sequence");
  const used = feed.grouped("trips.txt", "shape_id");
  for (const [shape_id, rows] of shapes) {
    const line = rows[0]?.line ?? 0;
    if (!used.has(shape_id)) findings.warning("unused_shape", FILE, line, `no trip drives along ${shape_id}`);
    if (rows.length === 1)
      findings.warning("single_shape_point", FILE, line, `${shape_id} has a single point, which is no line`);
    checkDistances(rows, findings);
  }
  for (const [shape_id, trips] of used)
    checkStopsAlong(feed, shapes.get(shape_id) ?? [], shape_id, trips, findings);
};

function checkDistances(rows: readonly RawRow[], findings: Findings): void {
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    const [was, is] = [before?.number("shape_dist_traveled"), row.number("shape_dist_traveled")];
    if (!before || was === undefined || is === undefined || is > was) continue;
    const text = `shape_dist_traveled is ${is}, in line ${before.line} ${was}`;
    if (is < was) findings.error("decreasing_shape_distance", FILE, row.line, text);
    else checkEqual(before, row, text, findings);
  }
}

function checkEqual(before: RawRow, row: RawRow, text: string, findings: Findings): void {
  const [a, b] = [cornerOf(before), cornerOf(row)];
  const apart_m = a && b ? distance_m(a, b) : 0;
  if (apart_m === 0) findings.warning("equal_shape_distance_same_coordinates", FILE, row.line, text);
  else if (apart_m >= SAME_PLACE_M)
    findings.error(
      "equal_shape_distance_diff_coordinates",
      FILE,
      row.line,
      `${text}, but ${apart_m.toFixed(1)} m lie between`,
    );
  else
    findings.warning("equal_shape_distance_diff_coordinates_distance_below_threshold", FILE, row.line, text);
}

/** Each way of calling along a shape is looked at once, whichever trips drive it. */
function checkStopsAlong(
  feed: Feed,
  points: readonly RawRow[],
  shape_id: string,
  trips: readonly RawRow[],
  findings: Findings,
): void {
  const corners = points.flatMap((row) => cornerOf(row) ?? []);
  const [middle] = corners;
  if (!middle || corners.length < 2) return;
  const plane = planeAround(middle);
  const path = pathThrough(corners, plane);
  const calls = feed.grouped("stop_times.txt", "trip_id", "stop_sequence");
  const seen = new Set<string>();
  for (const trip of trips) {
    const rows = calls.get(trip.text("trip_id")) ?? [];
    checkLength(trip, rows, points, findings);
    const way = rows.map((row) => row.text("stop_id")).join("\t");
    if (seen.has(way)) continue;
    seen.add(way);
    checkWay(feed, { path, plane, shape_id }, trip, rows, findings);
  }
}

type Line = { readonly path: Path; readonly plane: Plane; readonly shape_id: string };

function checkWay(
  feed: Feed,
  { path, plane, shape_id }: Line,
  trip: RawRow,
  rows: readonly RawRow[],
  findings: Findings,
): void {
  const stops = feed.byId("stops.txt", "stop_id");
  const places = rows.flatMap((row) => {
    const place = placeOf(stops.get(row.text("stop_id")));
    return place ? [{ row, point: plane.project(place) }] : [];
  });
  let isNear = places.length > 0;
  for (const { row, point } of places) {
    const passes = listPasses(path, point, OFF_MAX_M);
    const named = `stop ${row.text("stop_id")} of trip ${trip.text("trip_id")}`;
    if (passes.length === 0)
      findings.warning(
        "stop_too_far_from_shape",
        "stop_times.txt",
        row.line,
        `${named} is more than ${OFF_MAX_M} m beside shape ${shape_id}`,
      );
    if (passes.length > PASSES_MAX)
      findings.warning(
        "stop_has_too_many_matches_for_shape",
        "stop_times.txt",
        row.line,
        `shape ${shape_id} comes by ${named} ${passes.length} times`,
      );
    isNear &&= passes.length > 0;
  }
  const usual = {
    off_max_m: OFF_MAX_M,
    off_usual_m: 20,
    hop_usual_m: 100,
    hop_usual_share: 0.5,
    back_max_m: 0,
  };
  const points = places.map(({ point }) => point);
  if (
    isNear &&
    !alignOn(
      path,
      points,
      points.map(() => 0),
      usual,
    )
  )
    findings.warning(
      "stops_match_shape_out_of_order",
      "trips.txt",
      trip.line,
      `the stops of ${trip.text("trip_id")} do not lie along shape ${shape_id} in their order`,
    );
}

/** A trip that goes on behind the end of its line. */
function checkLength(
  trip: RawRow,
  rows: readonly RawRow[],
  points: readonly RawRow[],
  findings: Findings,
): void {
  const [driven, drawn] = [rows.at(-1), points.at(-1)].map((row) => row?.number("shape_dist_traveled"));
  const [last] = [rows.at(-1)];
  if (driven === undefined && rows.length > 0) return;
  if (last && driven !== undefined && drawn === undefined) {
    const text = `stop_times.txt measures along the shape, shapes.txt does not`;
    findings.info("trip_with_shape_dist_traveled_but_no_shape_distances", "trips.txt", trip.line, text);
  } else if (last && driven !== undefined && drawn !== undefined && driven > drawn) {
    const text = `${trip.text("trip_id")} ends at ${driven}, its shape at ${drawn}`;
    findings.error("trip_distance_exceeds_shape_distance", "stop_times.txt", last.line, text);
  }
}

function cornerOf(row: RawRow): LatLon | undefined {
  const [latitude, longitude] = [row.number("shape_pt_lat"), row.number("shape_pt_lon")];
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}
