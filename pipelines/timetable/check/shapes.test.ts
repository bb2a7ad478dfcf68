import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const DISTANCES = [
  { file: "shapes.txt", from: "shape_pt_sequence\n", to: "shape_pt_sequence,shape_dist_traveled\n" },
  { file: "shapes.txt", from: /^(\w+,.*),(\d)$/gm, to: "$1,$2,$2" },
];

test.each([
  [["single_shape_point", "unused_shape"], "alone,49.8,31.2,1"],
  [["unused_shape"], "spare,49.8,31.2,1\nspare,49.8,31.3,2"],
])("%s", async (codes, row) => {
  expect(await foundAfter({ file: "shapes.txt", row })).toEqual(codes.map((code) => `${code} shapes.txt:17`));
});

test.each([
  ["decreasing_shape_distance", /^(east,.*,2),2$/m, "$1,0.5"],
  ["equal_shape_distance_diff_coordinates", /^(east,.*,2),2$/m, "$1,1"],
  ["equal_shape_distance_same_coordinates", /^(east,.*),1,1\n(east,).*,2,2$/m, "$1,1,1\n$1,2,1"],
  [
    "equal_shape_distance_diff_coordinates_distance_below_threshold",
    /^(east,49\.80000)0(.*),1,1\n(east,).*,2,2$/m,
    "$10$2,1,1\n$15$2,2,1",
  ],
])("%s", async (code, from, to) => {
  const found = await foundAfter(...DISTANCES, { file: "shapes.txt", from, to });
  expect(found).toContain(`${code} shapes.txt:3`);
});

test("a stop beside its line", async () => {
  const found = await foundAfter({
    file: "stops.txt",
    from: /^east-2,(.*?),49\.\d+,/m,
    to: "east-2,$1,49.803,",
  });
  expect(found).toEqual(["stop_too_far_from_shape stop_times.txt:4"]);
});

test("stops that do not lie along the line in their order", async () => {
  const found = await foundAfter(
    { file: "trips.txt", row: "1,daily,odd,odd,east" },
    { file: "stop_times.txt", row: "odd,06:00:00,06:00:00,east-3,10" },
    { file: "stop_times.txt", row: "odd,06:10:00,06:10:00,east-1,20" },
  );
  expect(found).toEqual(["stops_match_shape_out_of_order trips.txt:176"]);
});

test("a trip that ends behind its line", async () => {
  const found = await foundAfter(
    ...DISTANCES,
    { file: "stop_times.txt", from: "stop_sequence\n", to: "stop_sequence,shape_dist_traveled\n" },
    { file: "stop_times.txt", from: /^((?:east|west|round)-.*)$/gm, to: "$1," },
    { file: "stop_times.txt", from: /^(east-06:00,.*,50),$/m, to: "$1,7" },
  );
  expect(found).toContain("trip_distance_exceeds_shape_distance stop_times.txt:6");
});
