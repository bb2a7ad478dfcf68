import { expect, test } from "vitest";
import { zipOf } from "../testing.ts";
import { checkGtfs } from "./check-gtfs.ts";
import { foundAfter, soundTown } from "./testing.ts";

test.each([
  ["missing_required_column agency.txt:1", { file: "agency.txt", from: "agency_url", to: "agency_uri" }],
  [
    "missing_recommended_column agency.txt:1",
    { file: "agency.txt", from: "agency_lang", to: "agency_language" },
  ],
  ["missing_recommended_file feed_info.txt:0", { file: "feed_info.txt", all: undefined }],
  ["missing_calendar_and_calendar_date_files calendar.txt:0", { file: "calendar.txt", all: undefined }],
  ["missing_required_file routes.txt:0", { file: "routes.txt", all: undefined }],
  ["unknown_file bees.txt:0", { file: "bees.txt", all: "honey\n" }],
  ["unknown_column calendar.txt:1", { file: "calendar.txt", from: /daily/, to: "daily" }],
] as const)("%s", async (told, change) => {
  const column = { file: "calendar.txt", from: "end_date\n", to: "end_date,moon\n" };
  const row = { file: "calendar.txt", from: "20261231\n", to: "20261231,full\n" };
  const changes = told.startsWith("unknown_column") ? [column, row] : [change];
  expect(await foundAfter(...changes)).toContain(told);
});

test.each([
  ["duplicate_key", "routes.txt:4", { file: "routes.txt", row: "1,9,Ninth,3," }],
  ["foreign_key_violation", "trips.txt:176", { file: "trips.txt", row: "9,daily,lost,Nowhere,east" }],
  ["foreign_key_violation", "trips.txt:176", { file: "trips.txt", row: "1,never,lost,Nowhere,east" }],
  [
    "more_than_one_entity",
    "feed_info.txt:3",
    { file: "feed_info.txt", row: "B,https://b.example,uk,,,,b@b.ex" },
  ],
] as const)("%s %s", async (code, place, change) => {
  expect(await foundAfter(change)).toContain(`${code} ${place}`);
});

test("a parent that is no stop", async () => {
  const found = await foundAfter(
    { file: "stops.txt", from: "stop_lon\n", to: "stop_lon,parent_station\n" },
    { file: "stops.txt", from: /^(east-0,.*)$/m, to: "$1,hall" },
  );
  expect(found).toContain("foreign_key_violation stops.txt:2");
});

test("a service that only calendar_dates.txt names is known", async () => {
  const found = await foundAfter(
    { file: "calendar_dates.txt", all: "service_id,date,exception_type\nfeast,20260501,1\n" },
    { file: "trips.txt", from: /^2,daily,(.*)$/m, to: "2,feast,$1" },
  );
  expect(found).toEqual([]);
});

test("a feed packed in a folder is read, and told", async () => {
  const tables = Object.fromEntries(
    Object.entries(soundTown()).map(([file, text]) => [`gtfs/${file}`, text]),
  );
  const found = await checkGtfs(await zipOf(tables), "20260315");
  expect(found.map(({ code, count }) => [code, count])).toEqual([["invalid_input_files_in_subfolder", 8]]);
});
