import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { handClock } from "@yardline/testkit/hand-clock";
import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import { afterAll, beforeAll, test } from "vitest";
import { daysFolder, nextDayFile } from "./day-files.ts";
import { type DuckHistory, openDuckHistory } from "./duckdb.ts";
import type { Dimension, Measure, VisitFilter } from "./history.ts";
import { NOON_MS, TODAY, visitOf } from "./scenes.ts";
import { closeDaySql, dateSql, HOT_TABLES } from "./sql.ts";

/** A region's quarter of a year: 20 M visits; `YARDLINE_BENCH_VISITS=1000000` for a quick look. */
const VISITS = Number(process.env["YARDLINE_BENCH_VISITS"] ?? 20_000_000);
const DAYS = 90;
const ROUTES = 200;
const STOPS = 30;
const TRIPS_A_DAY = Math.ceil(VISITS / DAYS / ROUTES / STOPS);
const RUNS = { iterations: 20, time: 0, warmupIterations: 2, warmupTime: 0 };

let folder = "";
let history: DuckHistory;

/** One day of visits: delays grow along the trip and in the peaks, with noise, so that they do not compress unusually well. */
function dayRowsSql(date: ServiceDate): string {
  return `INSERT INTO hot BY NAME
    WITH call AS (SELECT route, trip, stop, 5 + trip * 18 / ${TRIPS_A_DAY} AS hour_at, random() AS chance, random() AS other
      FROM range(${ROUTES}) r(route), range(${TRIPS_A_DAY}) t(trip), range(${STOPS}) s(stop)),
    timed AS (SELECT *, epoch_ms(${dateSql(date)}::TIMESTAMP) + (hour_at * 3600 + stop * 90)::BIGINT * 1000 AS scheduled_ms,
        (stop * 6 * (1 + sin(hour_at)) + 240 * ln(1 / (chance + 0.01)) - 120)::INTEGER AS delay_s FROM call)
    SELECT ${dateSql(date)} AS service_date, 'town' AS tenant, 'town' AS feed, 'r' || route || '-' || trip AS trip_id_scheduled,
      '' AS start_time, stop AS scheduled_stop_sequence, 'bus-' || route || '-' || (trip % 10) AS vehicle_id, 'r' || route AS route_id,
      trip % 2 AS direction_id, 'stop-' || (route * 20 + stop) AS stop_id, floor(hour_at + stop / 40) AS hour,
      make_timestamptz(scheduled_ms * 1000) AS schedule_arrival_time, make_timestamptz(scheduled_ms * 1000) AS schedule_departure_time,
      make_timestamptz((scheduled_ms + delay_s * 1000) * 1000) AS actual_arrival_time,
      make_timestamptz((scheduled_ms + delay_s * 1000 + (10 + other * 30)::BIGINT * 1000) * 1000) AS actual_departure_time,
      delay_s, md5(route || ' ' || trip || ' ' || stop || '${date}') AS occurrence, 1 AS revision, false AS withdrawn,
      'town:' || trip_id_scheduled || ':' || vehicle_id AS trip_id_performed
    FROM timed`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  await mkdir(daysFolder(folder), { recursive: true });
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(HOT_TABLES);
  for (let day = 1; day <= DAYS; day++) {
    const date = dayAfter(TODAY, -day);
    await connection.run(dayRowsSql(date));
    const sources = { closed: [], corrected: [] };
    await connection.run(closeDaySql(date, sources, nextDayFile(folder, date).path));
    await connection.run("DELETE FROM hot");
  }
  connection.closeSync();
  history = await openDuckHistory({ folder, clock: handClock(NOON_MS) });
}, 30 * 60_000);

afterAll(async () => {
  await history.close();
  await rm(folder, { recursive: true });
});

/** What a line of the child's `/proc` file says; the child that answers questions, not the runner's others. */
async function ofChild(file: string, pattern: RegExp): Promise<number> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  for (const pid of children.split(" ").filter((each) => each !== "")) {
    if (!(await readFile(`/proc/${pid}/cmdline`, "utf8")).includes("duckdb-worker")) continue;
    const [, ...found] = pattern.exec(await readFile(`/proc/${pid}/${file}`, "utf8")) ?? [];
    return found.reduce((sum, each) => sum + Number(each), 0);
  }
  return 0;
}

/** User and system time; the kernel counts in hundredths of a second. */
const cpu_ms = async () => 10 * (await ofChild("stat", /^\d+ \(.*\) \S+(?: \S+){10} (\d+) (\d+)/));

/** Tells, once the bench is over, what each question cost DuckDB's process, whatever else the machine did. */
async function costs() {
  await history.counts({ filter: { tenant: "town", from: TODAY, to: TODAY }, by: [] });
  const before_ms = await cpu_ms();
  const first = asked;
  return async () => {
    const each_ms = Math.round(((await cpu_ms()) - before_ms) / (asked - first));
    const most_mb = Math.round((await ofChild("status", /VmHWM:\s*(\d+)/)) / 1024);
    process.stderr.write(
      `${each_ms} ms of CPU a question; the process at its most: ${most_mb} MB resident\n`,
    );
  };
}

let asked = 0;

function ask(measure: Measure, by: readonly Dimension[], more: Partial<VisitFilter> = {}) {
  const filter = { tenant: "town", from: dayAfter(TODAY, -DAYS), to: TODAY, ...more };
  asked++;
  return history.percentiles({ measure, filter, by, percentiles: [0.5, 0.85, 0.95] });
}

// Budget: a planner waits a second at most for the whole network over a quarter; 90 files of 222,222 rows on two cores.
test("delay by route and hour, 90 days", { timeout: 600_000 }, async ({ bench }) => {
  const tell = await costs();
  await bench("delay by route and hour", () => ask("delay_s", ["route_id", "hour"])).run(RUNS);
  await tell();
});

test("run times of one route's segments by hour", { timeout: 600_000 }, async ({ bench }) => {
  const by = ["stop_id", "next_stop_id", "hour"] as const;
  const tell = await costs();
  await bench("segments of a route", () => ask("running_time_s", by, { route_ids: ["r7"] })).run(RUNS);
  await tell();
});

test("headways by route and hour on weekdays", { timeout: 600_000 }, async ({ bench }) => {
  const weekdays = { days_of_week: [1, 2, 3, 4, 5] };
  const tell = await costs();
  await bench("headways", () => ask("headway_s", ["route_id", "hour"], weekdays)).run(RUNS);
  await tell();
});

test("visits and trips by route and day", { timeout: 600_000 }, async ({ bench }) => {
  const filter = { tenant: "town", from: dayAfter(TODAY, -DAYS), to: TODAY };
  await bench("counts", () => history.counts({ filter, by: ["route_id", "service_date"] })).run(RUNS);
});

// Budget: a region's hour on the bus (10 k buses, a visit each 90 s, two statements a visit) is caught up in minutes: 5 k/s, so a
// batch of the bus has 100 ms.
test("append a batch of 500", { timeout: 600_000 }, async ({ bench }) => {
  let n = 0;
  await bench("append 500", () => {
    const vehicle_id = `bus-${n++}`;
    return history.append(
      Array.from({ length: 500 }, (_, i) => visitOf(i, 1, { service_date: TODAY, vehicle_id })),
    );
  }).run({ iterations: 100, time: 0 });
});
