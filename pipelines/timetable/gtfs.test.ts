import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openArchive } from "./archive.ts";
import { loadTimetable } from "./gtfs.ts";
import { smallTown, smallTownTimetable, zipOf } from "./testing.ts";
import { arrivalOf, departureOf } from "./timetable.ts";

const DATA = join(import.meta.dirname, "../../../shared/data/transport");

/** The small town with some files written differently, or left out. */
async function townWith(changes: Readonly<Record<string, ((text: string) => string) | undefined>>) {
  const tables: Record<string, string> = { ...smallTown() };
  for (const [file, change] of Object.entries(changes)) {
    if (change) tables[file] = change(tables[file] ?? "");
    else delete tables[file];
  }
  return loadTimetable(await zipOf(tables), "town");
}

test("reads trips with their stops, places and times", async () => {
  const { trips, patterns, notices, stops } = await smallTownTimetable();
  const trip = trips.get("east-06:20");
  expect(notices).toEqual([]);
  expect(patterns.map(({ drawn, stop_at_m }) => [drawn, [...stop_at_m].map(Math.round)])).toEqual([
    [true, [0, 502, 1005, 1507, 2009]],
    [true, [0, 502, 1005, 1507, 2009]],
    [true, [0, 1005, 2005, 3010, 4011]],
  ]);
  expect([...(trip?.arrival_s ?? [])]).toEqual([22800, 22875, 22950, 23025, 23100]);
  expect(trip?.pattern.stop_sequences).toEqual([10, 20, 30, 40, 50]);
  expect(stops.has("nobody")).toBe(true);
});

test("a stop that no trip visits has no calls", async () => {
  const timetable = await smallTownTimetable();
  expect(timetable.listCallsAt("nobody")).toEqual([]);
  expect(timetable.listCallsAt("circle-0").map(({ stop }) => stop)).toEqual([0, 4]);
});

test("times past 24:00 belong to the day before", async () => {
  const timetable = await smallTownTimetable();
  const trip = timetable.trips.get("east-24:20");
  if (!trip) throw new Error("no such trip");
  const at_ms = Date.parse("2026-06-02T00:30:00+03:00");
  const run = timetable.runNearest(trip, at_ms);
  expect(run.service_date).toBe("20260601");
  expect(new Date(departureOf(run, 0)).toISOString()).toBe("2026-06-01T21:20:00.000Z");
  const active = [...timetable.runsActiveAt(at_ms, { early_s: 0, late_s: 600 }).values()].flat();
  expect(active.map((each) => each.trip.trip_id).sort()).toEqual(["east-24:20", "round-24:20", "west-24:30"]);
});

test("a trip that is named is believed over the calendar, on the nearest day", async () => {
  const timetable = await townWith({
    "calendar.txt": (text) => text.replace("1,1,1,1,1,1,1", "0,0,0,0,0,0,0"),
  });
  const trip = timetable.trips.get("round-06:00");
  if (!trip) throw new Error("no such trip");
  const at_ms = Date.parse("2026-06-02T05:50:00+03:00");
  expect(timetable.listRunsOn(trip.pattern, "20260602")).toEqual([]);
  expect(timetable.runNearest(trip, at_ms).service_date).toBe("20260602");
  expect(timetable.runNearest(trip, at_ms, "20260530").service_date).toBe("20260530");
});

test("BOM, quoted newlines, other column order, CRLF and a folder in the zip are no hindrance", async () => {
  const tables = smallTown();
  const stops = (tables["stops.txt"] ?? "").split("\n").map((line) => line.split(",").toReversed().join(","));
  const messy = Object.fromEntries(
    Object.entries({
      ...tables,
      "stops.txt": `\uFEFF${stops.join("\r\n").replace("Stop nobody", '"Stop\nnobody, ""twice"""')}`,
    }).map(([file, text]) => [`feed/${file}`, text]),
  );
  const timetable = await loadTimetable(await zipOf(messy), "town");
  expect(timetable.stops.get("nobody")?.stop_name).toBe('Stop\nnobody, "twice"');
  expect(timetable.trips.size).toBe(174);
});

test("times that the feed leaves open lie between their neighbours by distance", async () => {
  const open = await townWith({
    "stop_times.txt": (text) =>
      text
        .replace("east-06:00,06:01:15,06:01:15", "east-06:00,,")
        .replace("east-06:00,06:03:45,06:03:45", "east-06:00,,"),
  });
  expect([...(open.trips.get("east-06:00")?.arrival_s ?? [])]).toEqual([21600, 21675, 21750, 21825, 21900]);
});

test("without shapes the line runs from stop to stop", async () => {
  const { patterns } = await townWith({
    "shapes.txt": undefined,
    "trips.txt": (text) => text.replaceAll(/,(east|west|round)\n/g, ",\n"),
  });
  expect(patterns.map(({ drawn, path }) => [drawn, path.corners.length])).toEqual([
    [false, 5],
    [false, 5],
    [false, 5],
  ]);
});

test("headways become runs of their own", async () => {
  const timetable = await townWith({
    "frequencies.txt": () => "trip_id,start_time,end_time,headway_secs\nround-06:00,10:00:00,11:00:00,1200\n",
  });
  const trip = timetable.trips.get("round-06:00");
  if (!trip) throw new Error("no such trip");
  const runs = timetable.listRunsOf(trip, "20260601");
  expect(runs.map(({ start_time }) => start_time)).toEqual(["10:00:00", "10:20:00", "10:40:00"]);
  expect(runs.map((run) => new Date(arrivalOf(run, 1)).toISOString().slice(11, 19))).toEqual([
    "07:02:30",
    "07:22:30",
    "07:42:30",
  ]);
});

test("bad rows are left out and told, the rest is used", async () => {
  const { notices, trips } = await townWith({
    "stops.txt": (text) => text.replace(/nobody,Stop nobody.*/, "nobody,Stop nobody,95,"),
    "stop_times.txt": (text) =>
      text
        .replace("east-06:00,06:00:00", "east-06:00,6 o'clock")
        .replace("round-06:00,06:05:00,06:05:00", "round-06:00,05:05:00,05:05:00"),
    "trips.txt": (text) => `${text}9,daily,ghost,,\n`,
  });
  expect(notices.map(({ file, first_line, problem }) => `${file} ${first_line}: ${problem}`)).toEqual([
    "stops.txt 16: stop_lat, stop_lon are no place on earth; stop left out",
    "trips.txt 176: route_id is not in routes.txt; trip left out",
    "stop_times.txt 2: a time is not H:MM:SS; row left out",
    "trips.txt 4: times that run backwards in stop_times.txt; trip left out",
  ]);
  expect(trips.size).toBe(173);
  expect(trips.get("east-06:00")?.arrival_s.length).toBe(4);
});

test.for<[string, Parameters<typeof townWith>[0], RegExp]>([
  ["no stop_times", { "stop_times.txt": undefined }, /no stop_times\.txt/],
  ["no calendar at all", { "calendar.txt": undefined }, /calendar\.txt nor calendar_dates\.txt/],
  ["no agency", { "agency.txt": undefined }, /no agency\.txt/],
  [
    "a zone that is none",
    { "agency.txt": (text) => text.replace("Europe/Kyiv", "Kyiv time") },
    /agency\.txt line 2/,
  ],
  [
    "a missing column",
    { "stops.txt": (text) => text.replace("stop_id", "id") },
    /stops\.txt line 1: column stop_id/,
  ],
  ["an empty table", { "routes.txt": () => "" }, /routes\.txt is empty/],
  ["a table without newlines", { "trips.txt": () => "x".repeat(2_000_000) }, /trips\.txt: .*exceed/i],
  [
    "no trip that can be driven",
    { "stop_times.txt": (text) => text.slice(0, 70) },
    /no trip that can be driven.*stop_times\.txt line 2/,
  ],
])("%s: one clear error", async ([, changes, message]) => {
  await expect(townWith(changes)).rejects.toThrow(message);
});

test.for<[string, (zip: Uint8Array) => Uint8Array | string, string]>([
  ["a truncated zip", (zip) => zip.subarray(0, zip.length - 400), "TIMETABLE_NOT_A_ZIP"],
  [
    "a zip with a hole",
    (zip) => zip.map((byte, i) => (i > 200 && i < 3000 ? 7 : byte)),
    "TIMETABLE_NOT_A_ZIP",
  ],
  ["a text", () => Buffer.from("agency_id,agency_name\n".repeat(50)), "TIMETABLE_NOT_A_ZIP"],
  ["nothing", () => new Uint8Array(), "TIMETABLE_NOT_A_ZIP"],
  ["a file that is not there", () => "/nonexistent/gtfs.zip", "TIMETABLE_UNREADABLE"],
])("%s: one clear error", async ([, source, code]) => {
  const zip = await zipOf(smallTown());
  await expect(loadTimetable(source(zip), "town")).rejects.toMatchObject({ name: "AppError", code });
});

test("a zip bomb is refused by what it would unpack to", async () => {
  const bomb = await zipOf({ ...smallTown(), "shapes.txt": "0".repeat(3_000_000) });
  await expect(openArchive(bomb, 1_000_000)).rejects.toThrow(/shapes\.txt would unpack to 3000000 bytes/);
});

describe.skipIf(!existsSync(DATA))("real feeds (needs ../shared/data)", () => {
  test.for([
    ["capmetro-2015-06-07/gtfs-derived.zip", 1737, 2398],
    ["capmetro-2015-03-07/gtfs-derived.zip", 2275, 2407],
    ["chisinau-gtfs/rtec-chisinau-md-gtfs-static.zip", 13067, 385],
  ] as const)("%s", async ([file, trips, stops]) => {
    const timetable = await loadTimetable(readFileSync(join(DATA, file)), "real");
    expect([timetable.trips.size, timetable.stops.size]).toEqual([trips, stops]);
    for (const { stop_at_m } of timetable.patterns)
      expect([...stop_at_m]).toEqual([...stop_at_m].sort((a, b) => a - b));
  });
});
