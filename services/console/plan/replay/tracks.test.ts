import { expect, test } from "vitest";
import type { DayReplay, SegmentCollection } from "../../api/types.ts";
import { type Seen, seenAt, tracksOf } from "./tracks.ts";

const ms = (clock: string) => Date.parse(`2026-10-01T${clock}Z`);
const moment = (
  clock: string,
  what: "arrived" | "departed",
  stop_id: string,
  east: number,
  over: object = {},
): DayReplay["moments"][number] => ({
  ...{ at: `2026-10-01T${clock}Z`, what, stop_id, stop_sequence: 1, delay_s: 30 },
  ...{ feed: "town", route_id: "7", trip_id: "7-0800", vehicle_id: "101" },
  place: { latitude: 0, longitude: east },
  ...over,
});
const WAYS: SegmentCollection = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      geometry: {
        type: "LineString",
        coordinates: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
      },
      properties: { feed: "town", stop_id: "a", next_stop_id: "b", length_m: 2, route_ids: ["7"] },
    },
  ],
};
const told = (seen: readonly Seen[]) =>
  seen.map(
    ({ vehicle_id, place, driving, stop_id }) =>
      `${vehicle_id} ${place.map((each) => each.toFixed(2)).join(",")} ${driving ? "from" : "at"} ${stop_id}`,
  );

test("at a stop, along the way to the next one, and gone after the last", () => {
  const tracks = tracksOf(
    [
      moment("08:00:00", "arrived", "a", 0),
      moment("08:01:00", "departed", "a", 0),
      moment("08:03:00", "arrived", "b", 1),
    ],
    WAYS,
  );
  const at = (clock: string) => told(seenAt(tracks, ms(clock)));
  expect(at("07:59:59")).toEqual([]);
  expect(at("08:00:30")).toEqual(["101 0.00,0.00 at a"]);
  expect(at("08:02:00")).toEqual(["101 0.00,1.00 from a"]);
  expect(at("08:03:10")).toEqual(
    ["101 1.00,1.00 at b"].map((text) => text.replace("1.00,1.00", "1.00,0.00")),
  );
  expect(at("08:05:00")).toEqual([]);
});

test("without a known way it drives straight; between two trips it stands; out of sight for long it is gone", () => {
  const tracks = tracksOf(
    [
      moment("08:00:00", "departed", "b", 0),
      moment("08:02:00", "arrived", "c", 2),
      moment("08:10:00", "departed", "d", 2, { trip_id: "7-0810" }),
      moment("09:00:00", "arrived", "e", 9, { trip_id: "7-0810" }),
      moment("09:00:01", "arrived", "nowhere", 9, { place: undefined }),
    ],
    WAYS,
  );
  const at = (clock: string) => told(seenAt(tracks, ms(clock)));
  expect(at("08:01:00")).toEqual(["101 1.00,0.00 from b"]);
  expect(at("08:05:00")).toEqual(["101 2.00,0.00 at c"]);
  expect(at("08:30:00")).toEqual([]);
});
