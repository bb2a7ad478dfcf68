import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { openDuckHistory } from "./duckdb.ts";
import { exportHistory } from "./export.ts";
import { batchOf, CLOSED, EVERY_DAY, NOON_MS, visitOf } from "./scenes.ts";

async function start() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-history-"));
  const clock = handClock(NOON_MS);
  const history = await openDuckHistory({ folder, clock, memory_mb: 256, threads: 1 });
  onTestFinished(async () => {
    await history.close();
    await rm(folder, { recursive: true });
  });
  return { folder, clock, history, options: { folder, clock } };
}

const day = [0, 2, 1].map((n) => visitOf(n, n, { service_date: CLOSED, start_time: "08:00:00" }));
const { actual_departure_ms, direction_id, ...last } = visitOf(0, 3, { vehicle_id: 'a "b", c', hour: 9 });

test("stop visits have the columns of TIDES, closed days first, while the town has the history open", async () => {
  const { folder, history, options } = await start();
  await history.append([...day, last]);
  await history.closeDays();
  const path = join(folder, "visits.csv");
  expect(await exportHistory({ table: "stop_visits", filter: EVERY_DAY, path }, options)).toBe(4);
  const [head, ...rows] = (await readFile(path, "utf8")).trimEnd().split("\n");
  expect(head).toBe(
    "service_date,trip_id_performed,trip_stop_sequence,scheduled_stop_sequence,vehicle_id,dwell,stop_id," +
      "schedule_arrival_time,schedule_departure_time,actual_arrival_time,actual_departure_time,schedule_relationship," +
      "tenant,feed,trip_id_scheduled,start_time,route_id,direction_id,delay_s,next_stop_id,running_time_s,headway_s,occurrence,revision",
  );
  const run = "town:7-0800:08%3A00%3A00:0417";
  expect(rows).toEqual([
    `2026-11-15,${run},1,0,0417,30,stop-0,2026-11-15T06:00:00Z,2026-11-15T06:00:00Z,2026-11-15T06:00:00Z,2026-11-15T06:00:30Z,Scheduled,town,town,7-0800,08:00:00,r7,0,0,stop-1,90,,00,0`,
    `2026-11-15,${run},2,1,0417,30,stop-1,2026-11-15T06:01:00Z,2026-11-15T06:01:00Z,2026-11-15T06:02:00Z,2026-11-15T06:02:30Z,Scheduled,town,town,7-0800,08:00:00,r7,0,60,stop-2,90,,01,0`,
    `2026-11-15,${run},3,2,0417,30,stop-2,2026-11-15T06:02:00Z,2026-11-15T06:02:00Z,2026-11-15T06:04:00Z,2026-11-15T06:04:30Z,Scheduled,town,town,7-0800,08:00:00,r7,0,120,,,,02,0`,
    `2026-11-21,"town:7-0800:a ""b"", c",1,0,"a ""b"", c",,stop-0,2026-11-21T06:00:00Z,2026-11-21T06:00:00Z,2026-11-21T06:03:00Z,,Scheduled,town,town,7-0800,,r7,,180,,,,00,0`,
  ]);
});

test("trips performed are told by what was seen of them", async () => {
  const { folder, history } = await start();
  await history.append([...day, last]);
  const path = join(folder, "trips.csv");
  expect(await history.export({ table: "trips_performed", filter: EVERY_DAY, path })).toBe(2);
  expect((await readFile(path, "utf8")).trimEnd().split("\n")).toEqual([
    "service_date,trip_id_performed,vehicle_id,trip_id_scheduled,route_id,direction_id,schedule_relationship,tenant,feed,start_time," +
      "observed_stops,observed_start_stop_id,observed_end_stop_id,observed_start_time,observed_end_time",
    "2026-11-15,town:7-0800:08%3A00%3A00:0417,0417,7-0800,r7,0,Scheduled,town,town,08:00:00,3,stop-0,stop-2,2026-11-15T06:00:30Z,2026-11-15T06:04:00Z",
    '2026-11-21,"town:7-0800:a ""b"", c","a ""b"", c",7-0800,r7,,Scheduled,town,town,,1,stop-0,stop-0,2026-11-21T06:03:00Z,2026-11-21T06:03:00Z',
  ]);
});

/** The fields of the tables, as the specification lists them, and the values of those that have a list. @see https://tides-transit.org/main/tables/ */
const TIDES = {
  stop_visits:
    "service_date trip_id_performed trip_stop_sequence scheduled_stop_sequence pattern_id vehicle_id dwell stop_id timepoint " +
    "schedule_arrival_time schedule_departure_time actual_arrival_time actual_departure_time distance boarding_1 alighting_1 boarding_2 " +
    "alighting_2 departure_load door_open door_close door_status ramp_deployed_time ramp_failure kneel_deployed_time lift_deployed_time " +
    "bike_rack_deployed bike_load revenue number_of_transactions schedule_relationship",
  trips_performed:
    "service_date trip_id_performed vehicle_id trip_id_scheduled route_id route_type ntd_mode route_type_agency shape_id pattern_id " +
    "direction_id operator_id block_id trip_start_stop_id trip_end_stop_id schedule_trip_start schedule_trip_end actual_trip_start " +
    "actual_trip_end trip_type schedule_relationship",
} as const;
/** What no row may lack. */
const REQUIRED = {
  stop_visits: ["service_date", "trip_id_performed", "trip_stop_sequence", "vehicle_id"],
  trips_performed: ["service_date", "trip_id_performed", "vehicle_id"],
} as const;

test.for(["stop_visits", "trips_performed"] as const)(
  "%s: fields of TIDES first and under its names, ours behind",
  async (table) => {
    const { folder, history } = await start();
    await history.append([...day, last]);
    const path = join(folder, "table.csv");
    await history.export({ table, filter: EVERY_DAY, path });
    const [head = "", ...rows] = (await readFile(path, "utf8")).trimEnd().split("\n");
    const columns = head.split(",");
    const fields = TIDES[table].split(" ");
    const theirs = columns.slice(0, columns.indexOf("tenant"));
    expect(theirs.filter((name) => !fields.includes(name))).toEqual([]);
    expect(theirs).toEqual(fields.filter((name) => theirs.includes(name)));
    expect(REQUIRED[table].filter((name) => !theirs.includes(name))).toEqual([]);
    // The visit whose vehicle has a comma in its name is left to the tests above.
    const plain = rows.filter((row) => !row.includes('"')).map((row) => row.split(","));
    const cell = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? "";
    expect(plain.length).toBeGreaterThan(0);
    for (const row of plain) {
      for (const name of REQUIRED[table]) expect(cell(row, name)).not.toBe("");
      expect(cell(row, "service_date")).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(["Scheduled", "Added", "Unscheduled", "Canceled", "Duplicated"]).toContain(
        cell(row, "schedule_relationship"),
      );
      if (table === "stop_visits")
        expect(cell(row, "actual_arrival_time")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
  },
);

test("a tenant's export holds nothing of another's; who holds the folder may have all", async () => {
  const { folder, history, options } = await start();
  await history.append([visitOf(0, 1), visitOf(0, 2, { tenant: "other" })]);
  const path = join(folder, "one.csv");
  expect(
    await history.export({ table: "stop_visits", filter: { ...EVERY_DAY, tenant: "other" }, path }),
  ).toBe(1);
  expect(await readFile(path, "utf8")).not.toContain(",town,town,");
  const { tenant, ...everybody } = EVERY_DAY;
  expect(await exportHistory({ table: "stop_visits", filter: everybody, path }, options)).toBe(2);
});

test("Parquet holds the same with its types, and what was there is replaced whole", async () => {
  const { folder, history } = await start();
  await history.append(day);
  const path = join(folder, "visits.parquet");
  for (const visits of [day, batchOf(1)]) {
    await history.append(visits);
    const rows = await history.export({ table: "stop_visits", filter: EVERY_DAY, path });
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const read = await connection.run(
      `SELECT count(*)::INTEGER AS rows, any_value(typeof(service_date)) AS day, any_value(typeof(actual_arrival_time)) AS instant FROM '${path}'`,
    );
    expect(await read.getRowObjectsJS()).toEqual([
      { rows, day: "DATE", instant: "TIMESTAMP WITH TIME ZONE" },
    ]);
    connection.closeSync();
  }
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("an export while visits come in and days are closed is one moment of it, whole", async () => {
  const { folder, history, options } = await start();
  await history.append(batchOf(0));
  let isOver = false;
  const writing = (async () => {
    for (let n = 1; !isOver; n++) {
      await history.append(batchOf(n % 50));
      if (n % 5 === 0) await history.closeDays();
    }
  })();
  const path = join(folder, "visits.csv");
  for (let times = 0; times < 3; times++) {
    const rows = await exportHistory({ table: "stop_visits", filter: EVERY_DAY, path }, options);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n").slice(1);
    expect(lines).toHaveLength(rows);
    const keys = lines.map((line) => line.split(",").slice(0, 4).join());
    expect(new Set(keys).size).toBe(rows);
  }
  isOver = true;
  await writing;
});

test.for<[string, { readonly folder?: string; readonly path?: string }, string]>([
  ["no history", { folder: join(import.meta.dirname, "nowhere") }, "HISTORY_ABSENT"],
  [
    "a file that has no place",
    { path: join(import.meta.dirname, "nowhere/visits.csv") },
    "OUTPUT_UNWRITABLE",
  ],
  ["a folder that is a file", { path: "/dev/null/visits.csv" }, "OUTPUT_UNWRITABLE"],
  ["a form that we do not write", { path: "visits.xlsx" }, "HISTORY_QUERY"],
])("refuses %s", async ([, wrong, code]) => {
  const { folder, clock } = await start();
  const path = wrong.path ?? join(folder, "visits.csv");
  const asked = exportHistory(
    { table: "stop_visits", filter: EVERY_DAY, path },
    { folder: wrong.folder ?? folder, clock },
  );
  await expect(asked).rejects.toMatchObject({ code });
});
