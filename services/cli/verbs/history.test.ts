import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckHistory } from "@yardline/history/duckdb";
import { handClock } from "@yardline/testkit/hand-clock";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { run } from "../testing.ts";

let data = "";
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "yardline-verb-history-"));
  const clock = handClock(Date.parse("2026-11-22T12:00:00Z"));
  const history = await openDuckHistory({ folder: join(data, "history"), clock });
  const at_ms = Date.parse("2026-11-21T06:00:00Z");
  const visit = (n: number, route_id: string) => ({
    tenant: "town",
    feed: "town",
    service_date: "20261121",
    trip_id_scheduled: `${route_id}-0800`,
    scheduled_stop_sequence: n,
    vehicle_id: "0417",
    route_id,
    stop_id: `stop-${n}`,
    hour: 8,
    schedule_arrival_ms: at_ms,
    actual_arrival_ms: at_ms,
    delay_s: 0,
    occurrence: `0${n}`,
    revision: 0,
    withdrawn: false,
  });
  await history.append([visit(0, "r7"), visit(1, "r7"), visit(0, "r10")]);
  // Stays open: the town runs.
  return async () => {
    await history.close();
    await rm(data, { recursive: true });
  };
});

const days = ["--from", "2026-11-01", "--to", "2026-11-30"];

test("exports a town's stop visits while it runs", async () => {
  const out = join(data, "visits.csv");
  expect(await run("history", "export", "--data", data, ...days, "--out", out)).toEqual({
    code: 0,
    out: "",
    err: `3 rows of stop_visits in ${out}\n`,
  });
  const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => line.split(",").slice(0, 4).join(" "))).toEqual([
    "service_date trip_id_performed trip_stop_sequence scheduled_stop_sequence",
    "2026-11-21 town:r10-0800:0417 1 0",
    "2026-11-21 town:r7-0800:0417 1 0",
    "2026-11-21 town:r7-0800:0417 2 1",
  ]);
});

test("exports the trips of some routes", async () => {
  const out = join(data, "trips.parquet");
  const only = ["--table", "trips_performed", "--route", "r7", "--route", "r9"];
  const { code, err } = await run("history", "export", "--data", data, ...days, "--out", out, ...only);
  expect([code, err]).toEqual([0, `1 rows of trips_performed in ${out}\n`]);
});

test.for([
  ["another word than export", ["import"], 2, 'there is no "import"'],
  ["no file to write", ["export", ...days], 2, "--out is missing"],
  [
    "a day that is none",
    ["export", "--from", "2026-02-30", "--to", "2026-03-01", "--out", "a.csv"],
    2,
    "2026-02-30",
  ],
  [
    "an unknown table",
    ["export", ...days, "--out", "a.csv", "--table", "stops"],
    2,
    "stop_visits or trips_performed",
  ],
  ["another form", ["export", ...days, "--out", "a.xlsx"], 1, ".csv or .parquet"],
] as const)("refuses %s in one line", async ([, words, expected, text]) => {
  const { code, err } = await run("history", ...words, "--data", data);
  expect({ code, err, lines: err.trimEnd().split("\n").length }).toEqual({
    code: expected,
    err: expect.stringContaining(text),
    lines: 1,
  });
});

test("says so where there is no history", async () => {
  const empty = await mkdtemp(join(tmpdir(), "yardline-verb-history-"));
  onTestFinished(() => rm(empty, { recursive: true }));
  const { code, err } = await run(
    "history",
    "export",
    "--data",
    empty,
    ...days,
    "--out",
    join(empty, "a.csv"),
  );
  expect([code, err]).toEqual([1, expect.stringContaining("There is no history in")]);
});
