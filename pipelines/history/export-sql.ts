import type { FolderExport } from "./history.ts";
import { matching, quoted, type Sources, visitsSql } from "./sql.ts";

/**
 * Writes TIDES tables: its columns first, then ours. Closed days come as their files are sorted, then the open ones.
 * What we never learn (doors, riders, fares) is left out; a trip's origin and end are what was seen of it, and named so.
 */
export function exportSql(
  { table, filter }: FolderExport,
  sources: Sources,
  form: "csv" | "parquet",
  path: string,
): string {
  const instant = form === "csv" ? isoText : asItIs;
  const visits = `SELECT * FROM (${visitsSql(filter, sources, true)}) WHERE ${matching(filter)}`;
  const rows = table === "stop_visits" ? stopVisits(visits, instant) : tripsPerformed(visits, instant);
  const options = form === "csv" ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd";
  return `COPY (${rows}) TO ${quoted(path)} (${options})`;
}

type Shown = (instant: string) => string;

function stopVisits(visits: string, instant: Shown): string {
  return `SELECT service_date, trip_id_performed, trip_stop_sequence, scheduled_stop_sequence, vehicle_id,
    seconds(actual_arrival_time, actual_departure_time) AS dwell, stop_id,
    ${instant("schedule_arrival_time")} AS schedule_arrival_time,
    ${instant("schedule_departure_time")} AS schedule_departure_time,
    ${instant("actual_arrival_time")} AS actual_arrival_time,
    ${instant("actual_departure_time")} AS actual_departure_time,
    'Scheduled' AS schedule_relationship,
    tenant, feed, trip_id_scheduled, nullif(start_time, '') AS start_time, route_id, direction_id, delay_s, next_stop_id, running_time_s,
    headway_s, occurrence, revision FROM (${visits})`;
}

function tripsPerformed(visits: string, instant: Shown): string {
  return `SELECT service_date, trip_id_performed, any_value(vehicle_id) AS vehicle_id,
    any_value(trip_id_scheduled) AS trip_id_scheduled, any_value(route_id) AS route_id, any_value(direction_id) AS direction_id,
    'Scheduled' AS schedule_relationship,
    tenant, any_value(feed) AS feed, nullif(any_value(start_time), '') AS start_time, count(*) AS observed_stops,
    arg_min(stop_id, scheduled_stop_sequence) AS observed_start_stop_id,
    arg_max(stop_id, scheduled_stop_sequence) AS observed_end_stop_id,
    ${instant("min(coalesce(actual_departure_time, actual_arrival_time))")} AS observed_start_time,
    ${instant("max(actual_arrival_time)")} AS observed_end_time
    FROM (${visits}) GROUP BY service_date, tenant, trip_id_performed ORDER BY service_date, tenant, trip_id_performed`;
}

function isoText(instant: string): string {
  return `strftime(${instant}, '%Y-%m-%dT%H:%M:%SZ')`;
}

function asItIs(instant: string): string {
  return instant;
}
