import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const WIDE = {
  file: "stops.txt",
  from: "stop_lon\n",
  to: "stop_lon,location_type,parent_station,platform_code,stop_desc\n",
};
const FILLED = { file: "stops.txt", from: /^((?:east|west|circle)-.*)$/gm, to: "$1,,,," };

test.each([
  [["missing_stop_name", "stop_without_stop_time"], "new,,49.8,31.2,,,,"],
  [["stop_without_location", "stop_without_stop_time"], "new,New,,,,,,"],
  [["location_without_parent_station"], "new,New,49.8,31.2,2,,,"],
  [["platform_without_parent_station", "stop_without_stop_time"], "new,New,49.8,31.2,,,2,"],
  [["station_with_parent_station", "unused_station"], "new,New,49.8,31.2,1,east-0,,"],
  [["wrong_parent_location_type"], "new,New,49.8,31.2,2,east-0,,"],
  [["same_name_and_description_for_stop", "stop_without_stop_time"], "new,New,49.8,31.2,,,,New"],
  [["unused_station"], "new,New,49.8,31.2,1,,,"],
])("%s", async (codes, row) => {
  const found = await foundAfter(WIDE, FILLED, { file: "stops.txt", row });
  expect(found.toSorted()).toEqual(codes.map((code) => `${code} stops.txt:16`).toSorted());
});

test("trips call at platforms, not at the station", async () => {
  const found = await foundAfter(WIDE, FILLED, {
    file: "stops.txt",
    from: /^(east-0,.*),,,,$/m,
    to: "$1,1,,,",
  });
  expect(found).toEqual(["location_with_unexpected_stop_time stops.txt:2", "unused_station stops.txt:2"]);
});
