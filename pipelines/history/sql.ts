import { assert } from "@yardline/domain/assert";
import type { ServiceDate } from "@yardline/timetable/service-day";
import {
  type CountQuery,
  type Dimension,
  type DistributionQuery,
  type FolderFilter,
  GROUPS_MAX,
  type PercentileQuery,
  type VisitPlace,
  type VisitsQuery,
} from "./history.ts";

/** Where the visits of a question lie. */
export type Sources = {
  /** Files of days of which nothing else is known. */
  readonly closed: readonly string[];
  /** Files of days that have corrections in the hot table. */
  readonly corrected: readonly string[];
};

const KEPT =
  "service_date, tenant, feed, trip_id_performed, trip_id_scheduled, start_time, scheduled_stop_sequence, vehicle_id, route_id, " +
  "direction_id, stop_id, hour, schedule_arrival_time, schedule_departure_time, actual_arrival_time, actual_departure_time, " +
  "delay_s, occurrence, revision, withdrawn";
/** Found out from the other visits of the same service day, so that a closed day's file holds them ready. */
const DERIVED = "trip_stop_sequence, next_stop_id, running_time_s, headway_s";
/** Rows of one route lie together: groups smaller than a day let a question about one route skip the others. */
const ROW_GROUP_ROWS = 60_000;
const ORDER =
  "ORDER BY service_date, tenant, feed, route_id, direction_id, trip_id_performed, scheduled_stop_sequence";

/** The hot file's rows as they are handed over: `incoming`, with instants in milliseconds; and the table they go to. */
export const HOT_TABLES = `
  CREATE TEMP TABLE incoming (
    id DOUBLE, change DOUBLE, service_date VARCHAR, tenant VARCHAR, feed VARCHAR, trip_id_scheduled VARCHAR, start_time VARCHAR,
    scheduled_stop_sequence DOUBLE, vehicle_id VARCHAR, route_id VARCHAR, direction_id DOUBLE, stop_id VARCHAR, hour DOUBLE,
    schedule_arrival_ms DOUBLE, schedule_departure_ms DOUBLE, actual_arrival_ms DOUBLE, actual_departure_ms DOUBLE,
    delay_s DOUBLE, occurrence VARCHAR, revision DOUBLE, withdrawn DOUBLE);
  CREATE TABLE hot (
    id BIGINT, change BIGINT, service_date DATE, tenant VARCHAR, feed VARCHAR, trip_id_performed VARCHAR,
    trip_id_scheduled VARCHAR, start_time VARCHAR, scheduled_stop_sequence INTEGER, vehicle_id VARCHAR, route_id VARCHAR,
    direction_id TINYINT, stop_id VARCHAR, hour TINYINT, schedule_arrival_time TIMESTAMPTZ, schedule_departure_time TIMESTAMPTZ,
    actual_arrival_time TIMESTAMPTZ, actual_departure_time TIMESTAMPTZ, delay_s INTEGER, occurrence VARCHAR, revision BIGINT,
    withdrawn BOOLEAN);
  CREATE MACRO instant(ms) AS make_timestamptz(CAST(ms AS BIGINT) * 1000);
  CREATE MACRO seconds(since, until) AS round((epoch_ms(until) - epoch_ms(since)) / 1000)::INTEGER;
  CREATE MACRO part(id) AS replace(replace(id, '%', '%25'), ':', '%3A')`;

/** Moves what came in into the table, in the place of what it replaces. */
export const TAKE_IN = `
  DELETE FROM hot WHERE id IN (SELECT CAST(id AS BIGINT) FROM incoming);
  INSERT INTO hot BY NAME SELECT * EXCLUDE
      (schedule_arrival_ms, schedule_departure_ms, actual_arrival_ms, actual_departure_ms)
      REPLACE (strptime(service_date, '%Y%m%d')::DATE AS service_date),
    part(feed) || ':' || part(trip_id_scheduled) || if(start_time = '', '', ':' || part(start_time)) || ':' || part(vehicle_id)
      AS trip_id_performed,
    instant(schedule_arrival_ms) AS schedule_arrival_time,
    instant(coalesce(schedule_departure_ms, schedule_arrival_ms)) AS schedule_departure_time,
    instant(actual_arrival_ms) AS actual_arrival_time, instant(actual_departure_ms) AS actual_departure_time
  FROM incoming;
  DELETE FROM incoming`;

/** A text as SQL writes it. */
export function quoted(text: string): string {
  assert(!text.includes("\0"), "SQL cannot hold a NUL character");
  return `'${text.replaceAll("'", "''")}'`;
}

export function dateSql(date: ServiceDate): string {
  return `DATE ${quoted(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`)}`;
}

/** Percentiles, count and mean of each group. */
export function percentilesSql(
  { measure, filter, by, percentiles }: PercentileQuery,
  sources: Sources,
): string {
  const figures = figuresSql({ measure, filter, by }, sources);
  const grouped = `SELECT ${[...by, "count(*)::DOUBLE AS n", "avg(value)::DOUBLE AS mean"].join(", ")},
    quantile_cont(value, [${percentiles.map(numeric).join(", ")}])::DOUBLE[] AS values
    FROM (${figures}) WHERE value IS NOT NULL ${groupBy(by)} HAVING count(*) > 0`;
  return listed(grouped, by, "n, mean, values");
}

/** Count, sum, sum of squares and the classes of each group. */
export function distributionSql(query: DistributionQuery, sources: Sources): string {
  const { by, edges } = query;
  const bounds = [-Infinity, ...edges, Infinity];
  const classes = bounds.slice(1).map((to, i) => {
    const from = bounds[i] ?? -Infinity;
    const within = [
      ...(Number.isFinite(from) ? [`value >= ${numeric(from)}`] : []),
      ...(Number.isFinite(to) ? [`value < ${numeric(to)}`] : []),
    ];
    return `count(*) FILTER (${within.join(" AND ")})::DOUBLE`;
  });
  const grouped = `SELECT ${[...by, "count(*)::DOUBLE AS n", "sum(value)::DOUBLE AS sum"].join(", ")},
    sum(value::DOUBLE * value)::DOUBLE AS squares, [${classes.join(", ")}] AS classes
    FROM (${figuresSql(query, sources)}) WHERE value IS NOT NULL ${groupBy(by)} HAVING count(*) > 0`;
  return listed(grouped, by, "n, sum, squares, classes");
}

/** One figure a visit, as `value`, beside its group. */
function figuresSql({ measure, filter, by }: Omit<DistributionQuery, "edges">, sources: Sources): string {
  const columns = [...by.map((name) => `${RAW[name]} AS ${name}`), `${MEASURED[measure]} AS value`];
  return `SELECT ${columns.join(", ")} FROM (${visitsSql(filter, sources)}) WHERE ${matching(filter)}`;
}

/** Visits and trip runs of each group. */
export function countsSql({ filter, by }: CountQuery, sources: Sources): string {
  const trips = `SELECT ${[...by.map((name) => `${RAW[name]} AS ${name}`), "count(*) AS visits"].join(", ")}
    FROM (${visitsSql(filter, sources)}) WHERE ${matching(filter)}
    GROUP BY ${["service_date", "trip_id_performed", ...by.map((name) => RAW[name])].join(", ")}`;
  const grouped = `SELECT ${[...by, "sum(visits)::DOUBLE AS visits", "count(*)::DOUBLE AS trips"].join(", ")}
    FROM (${trips}) ${groupBy(by)} HAVING count(*) > 0`;
  return listed(grouped, by, "visits, trips");
}

/** The columns of a visit as they are listed, in this order; `epoch_ms` keeps whole milliseconds. */
const LISTED = `tenant, feed, strftime(service_date, '%Y%m%d'), trip_id_scheduled, start_time, scheduled_stop_sequence,
  vehicle_id, route_id, direction_id, stop_id, hour, epoch_ms(schedule_arrival_time)::DOUBLE,
  epoch_ms(schedule_departure_time)::DOUBLE, epoch_ms(actual_arrival_time)::DOUBLE, epoch_ms(actual_departure_time)::DOUBLE,
  delay_s, occurrence, revision::DOUBLE`;

/** A page of visits, in the order in which the vehicles arrived. */
export function visitsPageSql({ filter, after, limit }: VisitsQuery, sources: Sources): string {
  const order = "actual_arrival_time, service_date, trip_id_performed, scheduled_stop_sequence";
  const behind = after
    ? `(${order}) > (instant(${numeric(after.actual_arrival_ms)}), ${dateSql(after.service_date)}, ${performedSql(after)},
        ${numeric(after.scheduled_stop_sequence)})`
    : "true";
  return `SELECT ${LISTED} FROM (${visitsSql(filter, sources)}) WHERE ${matching(filter)} AND ${behind}
    ORDER BY ${order} LIMIT ${numeric(limit)}`;
}

function performedSql({ feed, trip_id_scheduled, start_time, vehicle_id }: VisitPlace): string {
  const parts = [feed, trip_id_scheduled, ...(start_time === undefined ? [] : [start_time]), vehicle_id];
  return parts.map((part) => `part(${quoted(part)})`).join(" || ':' || ");
}

/** Writes a day's file from what is there of it. */
export function closeDaySql(date: ServiceDate, sources: Sources, path: string): string {
  const standing = standingSql(`service_date = ${dateSql(date)}`, sources.corrected);
  return `COPY (
    SELECT ${KEPT}, ${DERIVED} FROM (${derivedSql(`SELECT * FROM (${standing}) WHERE NOT withdrawn`)}
      UNION ALL BY NAME SELECT * FROM (${standing}) WHERE withdrawn)
    ${ORDER}
  ) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP_ROWS})`;
}

/**
 * What stands of each visit of the filter's days, with everything found out about it. Closed days come as their files are
 * sorted; the others after them, sorted alike where that is asked for.
 */
export function visitsSql(filter: FolderFilter, { closed, corrected }: Sources, isSorted = false): string {
  const days = `service_date BETWEEN ${dateSql(filter.from)} AND ${dateSql(filter.to)}`;
  const open = derivedSql(`SELECT * FROM (${standingSql(days, corrected)}) WHERE NOT withdrawn`);
  const parts =
    closed.length === 0 ? [] : [`SELECT ${KEPT}, ${DERIVED} FROM ${filesSql(closed)} WHERE NOT withdrawn`];
  return [...parts, `(SELECT ${KEPT}, ${DERIVED} FROM (${open}) ${isSorted ? ORDER : ""})`].join(
    " UNION ALL ",
  );
}

/** The condition that a filter puts on single visits. */
export function matching({
  tenant,
  feeds,
  route_ids,
  direction_ids,
  stop_ids,
  hours,
  days_of_week,
}: FolderFilter): string {
  return [
    "true",
    ...oneOf("tenant", tenant === undefined ? undefined : [quoted(tenant)]),
    ...oneOf("feed", feeds?.map(quoted)),
    ...oneOf("route_id", route_ids?.map(quoted)),
    ...oneOf("direction_id", direction_ids?.map(numeric)),
    ...oneOf("stop_id", stop_ids?.map(quoted)),
    ...oneOf("hour", hours?.map(numeric)),
    ...oneOf("isodow(service_date)", days_of_week?.map(numeric)),
  ].join(" AND ");
}

/** The visits of open and corrected days, the highest revision of each key. */
function standingSql(days: string, corrected: readonly string[]): string {
  const hot = `SELECT ${KEPT} FROM hot WHERE ${days}`;
  if (corrected.length === 0) return hot;
  return `SELECT ${KEPT} FROM (${hot} UNION ALL SELECT ${KEPT} FROM ${filesSql(corrected)})
    QUALIFY row_number() OVER (PARTITION BY service_date, tenant, trip_id_performed, scheduled_stop_sequence
      ORDER BY revision DESC, occurrence DESC) = 1`;
}

function derivedSql(visits: string): string {
  return `SELECT *, row_number() OVER trip AS trip_stop_sequence, lead(stop_id) OVER trip AS next_stop_id,
      seconds(actual_departure_time, lead(actual_arrival_time) OVER trip) AS running_time_s,
      seconds(lag(actual_departure_time) OVER calls, actual_departure_time) AS headway_s
    FROM (${visits})
    WINDOW trip AS (PARTITION BY service_date, tenant, trip_id_performed ORDER BY scheduled_stop_sequence),
      calls AS (PARTITION BY service_date, tenant, feed, route_id, direction_id, stop_id
        ORDER BY actual_departure_time NULLS LAST, trip_id_performed, scheduled_stop_sequence)`;
}

const MEASURED = {
  delay_s: "delay_s",
  departure_delay_s: "seconds(schedule_departure_time, actual_departure_time)",
  dwell_s: "seconds(actual_arrival_time, actual_departure_time)",
  running_time_s: "running_time_s",
  headway_s: "headway_s",
} as const;

const RAW: Readonly<Record<Dimension, string>> = {
  feed: "feed",
  route_id: "route_id",
  direction_id: "direction_id",
  stop_id: "stop_id",
  next_stop_id: "next_stop_id",
  hour: "hour",
  day_of_week: "isodow(service_date)",
  service_date: "service_date",
};

/** Sorted, with dates and numbers as programs read them; one more than may be, so that too many are noticed. */
function listed(grouped: string, by: readonly Dimension[], figures: string): string {
  const shown = by.map((name) => {
    if (name === "service_date") return "strftime(service_date, '%Y%m%d') AS service_date";
    return name === "hour" || name.startsWith("d") ? `${name}::INTEGER AS ${name}` : name;
  });
  const order =
    by.length === 0 ? "" : `ORDER BY ${by.map((name) => `grouped.${name} NULLS FIRST`).join(", ")}`;
  return `SELECT ${[...shown, figures].join(", ")} FROM (${grouped}) grouped ${order} LIMIT ${GROUPS_MAX + 1}`;
}

function groupBy(by: readonly Dimension[]): string {
  return by.length === 0 ? "" : `GROUP BY ${by.join(", ")}`;
}

function filesSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoted).join(", ")}])`;
}

function oneOf(expression: string, literals: readonly string[] | undefined): string[] {
  return literals ? [`${expression} IN (${literals.join(", ")})`] : [];
}

function numeric(value: number): string {
  assert(Number.isFinite(value), `${value} is no number for SQL`);
  return `${value}`;
}
