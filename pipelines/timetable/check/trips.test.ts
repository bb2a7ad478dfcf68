import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const CALLS = "stop_times.txt";

test.each([
  [
    "stop_time_with_arrival_before_previous_departure_time",
    3,
    "06:01:15,06:01:15,east-1",
    "05:01:15,06:01:15,east-1",
  ],
  ["start_and_end_range_out_of_order", 3, "06:01:15,06:01:15,east-1", "06:01:15,06:01:05,east-1"],
  ["stop_time_with_only_arrival_or_departure_time", 3, "06:01:15,06:01:15,east-1", "06:01:15,,east-1"],
  ["missing_trip_edge", 2, "06:00:00,06:00:00,east-0", ",,east-0"],
  ["missing_required_field", 3, "06:01:15,06:01:15,east-1", "06:01:15,06:01:15,"],
])("%s", async (code, line, from, to) => {
  expect(await foundAfter({ file: CALLS, from, to })).toContain(`${code} ${CALLS}:${line}`);
});

test.each([
  [["stop_time_timepoint_without_times"], "$1,,,east-1,20,1"],
  [["missing_timepoint_value"], "$1,06:01:15,06:01:15,east-1,20,"],
])("%s", async (codes, to) => {
  const found = await foundAfter(
    { file: CALLS, from: "stop_sequence\n", to: "stop_sequence,timepoint\n" },
    { file: CALLS, from: /^((?:east|west|round)-.*)$/gm, to: "$1,1" },
    { file: CALLS, from: /^(east-06:00),06:01:15.*$/m, to },
  );
  expect(found).toEqual(codes.map((code) => `${code} ${CALLS}:3`));
});

test("distances along the trip grow", async () => {
  const found = await foundAfter(
    { file: CALLS, from: "stop_sequence\n", to: "stop_sequence,shape_dist_traveled\n" },
    { file: CALLS, from: /^((?:east|west|round)-.*)$/gm, to: "$1," },
    { file: CALLS, from: /^(east-06:00,.*,10),$/m, to: "$1,500" },
    { file: CALLS, from: /^(east-06:00,.*,20),$/m, to: "$1,400" },
  );
  expect(found).toContain(`decreasing_or_equal_stop_time_distance ${CALLS}:3`);
});

test.each([
  ["unused_trip", "1,daily,extra,east,east", []],
  ["unusable_trip", "1,daily,extra,east,east", ["extra,06:00:00,06:00:00,east-0,10"]],
  [
    "trip_headsign_matches_intermediate_stop",
    "1,daily,extra,Stop east-1,east",
    [
      "extra,06:00:00,06:00:00,east-0,10",
      "extra,06:02:00,06:02:00,east-1,20",
      "extra,06:04:00,06:04:00,east-2,30",
    ],
  ],
])("%s", async (code, trip, calls) => {
  const rows = calls.map((row) => ({ file: CALLS, row }));
  const found = await foundAfter({ file: "trips.txt", row: trip }, ...rows);
  expect(found).toEqual([`${code} trips.txt:176`]);
});

test("rows out of their order are only a remark", async () => {
  const found = await foundAfter({ file: CALLS, from: /^(.*\n)(.*\n)(.*\n)/, to: "$1$3$2" });
  expect(found).toEqual([`unsorted_stop_times ${CALLS}:3`]);
});

const BLOCKS = { file: "trips.txt", from: "shape_id\n", to: "shape_id,block_id\n" };
const NO_BLOCK = { file: "trips.txt", from: /^((?:1|2),daily.*)$/gm, to: "$1," };

test("one vehicle cannot drive two trips at once", async () => {
  const found = await foundAfter(
    BLOCKS,
    NO_BLOCK,
    { file: "trips.txt", from: /^(.*,east-06:00,.*),$/m, to: "$1,b1" },
    { file: "trips.txt", from: /^(.*,round-06:00,.*),$/m, to: "$1,b1" },
  );
  expect(found).toEqual(["block_trips_with_overlapping_stop_times trips.txt:4"]);
});

test("trips after one another, or on different days, share a block", async () => {
  const found = await foundAfter(
    BLOCKS,
    NO_BLOCK,
    { file: "calendar.txt", from: "daily,1,1,1,1,1,1,1", to: "daily,1,1,1,1,1,0,0" },
    { file: "calendar.txt", row: "weekend,0,0,0,0,0,1,1,20260101,20261231" },
    { file: "trips.txt", from: /^(.*,east-06:00,.*),$/m, to: "$1,b1" },
    { file: "trips.txt", from: /^(.*,west-06:10,.*),$/m, to: "$1,b1" },
    { file: "trips.txt", from: /^2,daily,(round-06:00,.*),$/m, to: "2,weekend,$1,b1" },
  );
  expect(found).toEqual([]);
});
