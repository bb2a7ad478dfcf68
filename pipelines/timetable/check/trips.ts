import { type ServiceDate, timeText } from "../service-day.ts";
import { listServiceDates } from "./calendars.ts";
import type { CheckRule } from "./feed.ts";
import type { Findings } from "./findings.ts";
import type { RawRow } from "./raw-table.ts";

const CALLS = "stop_times.txt";

/** What the calls of a trip say one after another. */
export const checkTrips: CheckRule = (feed, findings) => {
  const calls = feed.grouped(CALLS, "trip_id", "stop_sequence");
  const stops = feed.byId("stops.txt", "stop_id");
  const hasTimepoints = feed.table(CALLS).has("timepoint");
  for (const [trip_id, rows] of calls) {
    checkEdges(trip_id, rows, findings);
    checkTimes(trip_id, rows, findings);
    checkDistances(rows, findings);
    for (const row of rows) checkCall(row, hasTimepoints, findings);
    if (rows.some((row, i) => i > 0 && row.line < (rows[i - 1]?.line ?? 0)))
      findings.info(
        "unsorted_stop_times",
        CALLS,
        rows[0]?.line ?? 0,
        `the rows of ${trip_id} are not in order`,
      );
  }
  for (const row of feed.rows("trips.txt")) {
    const own = calls.get(row.text("trip_id")) ?? [];
    if (own.length === 0) findings.warning("unused_trip", "trips.txt", row.line, "the trip calls nowhere");
    if (own.length === 1)
      findings.warning("unusable_trip", "trips.txt", row.line, "the trip calls at one stop only");
    const headsign = row.text("trip_headsign");
    const between = own
      .slice(1, -1)
      .find((call) => stops.get(call.text("stop_id"))?.text("stop_name") === headsign);
    if (headsign !== "" && between)
      findings.info(
        "trip_headsign_matches_intermediate_stop",
        "trips.txt",
        row.line,
        `${headsign} is a stop on the way (stop_sequence ${between.text("stop_sequence")})`,
      );
  }
};

function checkCall(row: RawRow, hasTimepoints: boolean, findings: Findings): void {
  const [arrival, departure] = [row.text("arrival_time"), row.text("departure_time")];
  const place = row.text("stop_id") || row.text("location_group_id") || row.text("location_id");
  if (place === "") findings.error("missing_required_field", CALLS, row.line, "stop_id is empty");
  if ((arrival === "") !== (departure === ""))
    findings.error(
      "stop_time_with_only_arrival_or_departure_time",
      CALLS,
      row.line,
      `${arrival === "" ? "arrival_time" : "departure_time"} is empty`,
    );
  if (row.text("timepoint") === "1" && (arrival === "" || departure === ""))
    findings.error("stop_time_timepoint_without_times", CALLS, row.line, "a timepoint needs both times");
  if (hasTimepoints && row.text("timepoint") === "" && arrival !== "")
    findings.warning("missing_timepoint_value", CALLS, row.line, "times without a value of timepoint");
}

function checkEdges(trip_id: string, rows: readonly RawRow[], findings: Findings): void {
  const edges = rows.length > 1 ? [rows[0], rows.at(-1)] : [];
  for (const row of edges) {
    if (!row || (row.text("arrival_time") !== "" && row.text("departure_time") !== "")) continue;
    const text = `${trip_id} needs both times at its first and last stop`;
    findings.error("missing_trip_edge", CALLS, row.line, text);
  }
}

function checkTimes(trip_id: string, rows: readonly RawRow[], findings: Findings): void {
  let left_s = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const arrival_s = row.seconds("arrival_time") ?? left_s;
    const departure_s = row.seconds("departure_time") ?? arrival_s;
    if (arrival_s < left_s) {
      const text = `${trip_id} arrives ${timeText(arrival_s)}, but left the stop before at ${timeText(left_s)}`;
      findings.error("stop_time_with_arrival_before_previous_departure_time", CALLS, row.line, text);
    }
    if (departure_s < arrival_s) {
      const text = `${trip_id} leaves ${timeText(departure_s)} before it arrives ${timeText(arrival_s)}`;
      findings.error("start_and_end_range_out_of_order", CALLS, row.line, text);
    }
    left_s = departure_s;
  }
}

function checkDistances(rows: readonly RawRow[], findings: Findings): void {
  let before: number | undefined;
  for (const row of rows) {
    const distance = row.number("shape_dist_traveled");
    if (before !== undefined && distance !== undefined && distance <= before)
      findings.error(
        "decreasing_or_equal_stop_time_distance",
        CALLS,
        row.line,
        `shape_dist_traveled ${distance} does not grow from ${before}`,
      );
    before = distance ?? before;
  }
}

/** One vehicle cannot drive two trips of its block at once. */
export const checkBlocks: CheckRule = (feed, findings) => {
  const calls = feed.grouped(CALLS, "trip_id", "stop_sequence");
  const routes = feed.byId("routes.txt", "route_id");
  const dates = listServiceDates(feed);
  for (const [block_id, trips] of feed.grouped("trips.txt", "block_id")) {
    const types = new Set(trips.map((row) => routes.get(row.text("route_id"))?.text("route_type")));
    if (types.size > 1)
      findings.warning(
        "inconsistent_route_type_for_block_id",
        "trips.txt",
        trips[0]?.line ?? 0,
        `block ${block_id} changes between route types`,
      );
    checkOverlaps(block_id, trips, calls, dates, findings);
  }
};

function checkOverlaps(
  block_id: string,
  trips: readonly RawRow[],
  calls: ReadonlyMap<string, readonly RawRow[]>,
  dates: ReadonlyMap<string, ReadonlySet<ServiceDate>>,
  findings: Findings,
): void {
  const spans = trips.flatMap((row) => spanOf(row, calls) ?? []).sort((a, b) => a.from_s - b.from_s);
  for (const [i, span] of spans.entries()) {
    for (const later of spans.slice(i + 1)) {
      if (later.from_s >= span.to_s) break;
      if (!shareDay(span.row, later.row, dates)) continue;
      const [a, b] = [span, later].map(({ row, from_s, to_s }) => {
        return `${row.text("trip_id")} (${timeText(from_s)}–${timeText(to_s)})`;
      });
      findings.error(
        "block_trips_with_overlapping_stop_times",
        "trips.txt",
        later.row.line,
        `block ${block_id}: ${a} and ${b} are driven at once`,
      );
    }
  }
}

type Span = { readonly row: RawRow; readonly from_s: number; readonly to_s: number };

function spanOf(row: RawRow, calls: ReadonlyMap<string, readonly RawRow[]>): Span | undefined {
  const own = calls.get(row.text("trip_id")) ?? [];
  const [from_s, to_s] = [own[0]?.seconds("departure_time"), own.at(-1)?.seconds("arrival_time")];
  return from_s === undefined || to_s === undefined ? undefined : { row, from_s, to_s };
}

function shareDay(a: RawRow, b: RawRow, dates: ReadonlyMap<string, ReadonlySet<ServiceDate>>): boolean {
  const [one, other] = [a.text("service_id"), b.text("service_id")];
  if (one === other) return true;
  const days = dates.get(other);
  return days !== undefined && [...(dates.get(one) ?? [])].some((day) => days.has(day));
}
