import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { drive, runOf } from "@yardline/matching/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { smallTown, smallTownTimetable, zipOf } from "@yardline/timetable/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { match } from "./match.ts";

const HEADER = "vehicle_id,timestamp,latitude,longitude,trip_id\n";
let folder = "";
let rows: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-match-"));
  await writeFile(join(folder, "gtfs.zip"), await zipOf(smallTown()));
  const run = runOf(await smallTownTimetable(), "east-08:00", "20260601");
  // The trip that the file names is a lie: only the positions count.
  rows = drive(run, { every_s: 30, late_s: 60 }).map(
    ({ at_ms, latitude, longitude }) => `"bus, 7",${at_ms / 1000},${latitude},${longitude},round-08:00`,
  );
});

afterAll(() => rm(folder, { recursive: true }));

async function matches(positions: readonly string[], assignments?: string) {
  await writeFile(join(folder, "positions.csv"), HEADER + positions.join("\n"));
  if (assignments !== undefined) await writeFile(join(folder, "assignments.csv"), assignments);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const flags = {
    gtfs: join(folder, "gtfs.zip"),
    positions: join(folder, "positions.csv"),
    out: join(folder, "out.csv"),
    ...(assignments !== undefined && { assignments: join(folder, "assignments.csv") }),
  };
  const world = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: {},
    clock: handClock(Date.parse("2026-06-02T00:00:00Z")),
    signal: new AbortController().signal,
    root: folder,
  };
  await match.run({ flags, positionals: [] }, world);
  stderr.end();
  return { said: await text(stderr), written: await readFile(join(folder, "out.csv"), "utf8") };
}

function tripsOf(written: string): readonly (string | undefined)[] {
  const [, ...lines] = written.trim().split("\n");
  const trips = lines.map((line) => line.split(",").at(-2));
  return trips.filter((trip, i) => i === 0 || trip !== trips[i - 1]);
}

test("a row a report, by the positions alone; at the end the bus is on what follows", async () => {
  const { said, written } = await matches(rows);
  expect(written.split("\n").slice(0, 2)).toEqual([
    "made_at,vehicle_id,trip_id,confidence",
    '1780290060,"bus, 7",,',
  ]);
  expect(tripsOf(written)).toEqual(["", "east-08:00", "west-08:10"]);
  expect(said).toMatch(/^\d+ of 11 reports are on a trip\.\n$/);
});

test("what is said of a report does not change when more come after it", async () => {
  const [all, part] = [await matches(rows), await matches(rows.slice(0, 6))];
  expect(part.written.length).toBeGreaterThan(100);
  expect(all.written.startsWith(part.written)).toBe(true);
});

test("what people assigned counts at once; a file of something else is one clear error", async () => {
  const { written } = await matches(rows.slice(0, 1), 'vehicle_id,trip_id\n"bus, 7",east-08:00\n');
  expect(tripsOf(written)).toEqual(["east-08:00"]);
  await expect(matches(rows, "bus,trip\n7,east\n")).rejects.toMatchObject({ code: "ASSIGNMENTS_UNREADABLE" });
});
