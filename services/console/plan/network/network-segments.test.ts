import { expect, test } from "vitest";
import type { SegmentCollection } from "../../api/types.ts";
import { measuredSegments } from "./network-segments.ts";

const WAYS: SegmentCollection = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      geometry: {
        type: "LineString",
        coordinates: [
          [30, 50],
          [30.1, 50],
        ],
      },
      properties: { feed: "town", stop_id: "a", next_stop_id: "b", length_m: 500, route_ids: ["7"] },
    },
  ],
};
const row = (way: string, over: object) => ({
  feed: "town",
  stop_id: way[0] ?? "",
  next_stop_id: way[1] ?? "",
  n: 9,
  ...over,
});
const rows = [
  row("ab", { mean_delay_s: 30, gained_s: -20, p50_kmh: 40 }),
  row("bc", { mean_delay_s: 400, gained_s: 70, p50_kmh: 8 }),
  row("cd", { p50_kmh: 18 }),
];
const told = (measure: "delay" | "gained" | "speed") =>
  measuredSegments(rows, WAYS, measure).map(
    ({ id, value, which, way }) => `${id} ${value} ${which}${way ? " drawn" : ""}`,
  );

test("the worst first, whatever is measured; what has no figure is left out", () => {
  expect(told("delay")).toEqual(["b~c 400 5", "a~b 30 2 drawn"]);
  expect(told("gained")).toEqual(["b~c 70 5", "a~b -20 1 drawn"]);
  expect(told("speed")).toEqual(["b~c 8 5", "c~d 18 3", "a~b 40 1 drawn"]);
});
