import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const HEADER = "from_stop_id,to_stop_id,from_trip_id,to_trip_id,from_route_id,to_route_id,transfer_type\n";
const FAR = { file: "stops.txt", row: "far,Far,50.5,31.2" };

test.each([
  [[], "east-0,west-0,,,,,0"],
  [["transfer_with_invalid_trip_and_route"], "east-0,west-0,east-06:00,,2,,0"],
  [["transfer_with_invalid_trip_and_stop"], "west-0,east-0,east-06:00,,1,,0"],
])("%s", async (codes, row) => {
  const found = await foundAfter({ file: "transfers.txt", all: `${HEADER}${row}\n` });
  expect(found).toEqual(codes.map((code) => `${code} transfers.txt:2`));
});

test("nobody walks ten kilometres", async () => {
  const found = await foundAfter(FAR, { file: "transfers.txt", all: `${HEADER}east-0,far,,,,,0\n` });
  expect(found).toContain("transfer_distance_too_large transfers.txt:2");
});

test("an entrance is no place to change", async () => {
  const found = await foundAfter(
    { file: "stops.txt", from: "stop_lon\n", to: "stop_lon,location_type\n" },
    { file: "stops.txt", from: /^((?:east|west|circle)-.*)$/gm, to: "$1," },
    { file: "stops.txt", row: "door,Door,49.8,31.2,2" },
    { file: "transfers.txt", all: `${HEADER}east-0,door,,,,,0\n` },
  );
  expect(found).toContain("transfer_with_invalid_stop_location_type transfers.txt:2");
});
