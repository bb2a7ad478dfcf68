import { expect, test } from "vitest";
import { networkAround, placedAround, SIDE } from "./around.ts";

const YARD = { latitude: 50, longitude: 30 };
/** Degrees of so many metres there. */
const [north, east] = [
  (m: number) => 50 + m / 111_320,
  (m: number) => 30 + m / (111_320 * Math.cos((50 * Math.PI) / 180)),
];

test("a place is in the middle, north is up, and the edge is 300 m away", () => {
  const placed = placedAround(YARD);
  expect(placed(30, 50)).toEqual([SIDE / 2, SIDE / 2]);
  expect(placed(east(300), north(300)).map(Math.round)).toEqual([SIDE, 0]);
});

test("lines that pass and stops that are near, and nothing else", () => {
  const line = (route_id: string, ...points: (readonly [number, number])[]) => ({
    type: "Feature",
    geometry: { type: "MultiLineString", coordinates: [points] },
    properties: { route_id, route_color: "0055AA" },
  });
  const stop = (stop_id: string, longitude: number, latitude: number) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [longitude, latitude] },
    properties: { stop_id, stop_name: stop_id },
  });
  const lines = [line("r1", [east(-900), 50], [east(900), 50]), line("r2", [east(400), 50], [east(900), 50])];
  const stops = [stop("near", east(150), 50), stop("far", east(301), 50)];
  const around = networkAround(YARD, { features: lines } as never, { features: stops } as never);
  expect(around).toEqual({
    lines: [{ route_id: "r1", color: "0055AA", path: "M-200 100L400 100" }],
    stops: [{ stop_id: "near", name: "near", at: [150, 100] }],
  });
});
