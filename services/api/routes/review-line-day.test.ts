import { mornings, noneCancelled } from "@yardline/history/review/testing";
import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";

const town = { name: "Town", tenant: "town", simulated: false };
const one = await mornings(1, (run) => (run.trip.trip_id === "east-08:00" ? 60 : undefined));
const review = { timetables: [one.timetable], history: async () => one.history, cancelled: noneCancelled };
const doors = sharedApp(() => ({ review, town }));

test("a line's day: planned and driven, in seconds of the service day", async () => {
  const answer = await doors().inject("/v1/review/line-day?date=2026-06-01&route_id=1");
  expect(answer.statusCode).toBe(200);
  const { begins_at, patterns, trips } = answer.json();
  expect([begins_at, patterns.length, trips.length]).toEqual(["2026-05-31T21:00:00.000Z", 2, 116]);
  expect(trips.find(({ trip_id }: { trip_id: string }) => trip_id === "east-08:00")).toEqual({
    ...{ feed: "town", trip_id: "east-08:00", pattern: 0, cancelled: false },
    arrival_s: [28_800, 28_875, 28_950, 29_025, 29_100],
    departure_s: [28_800, 28_875, 28_950, 29_025, 29_100],
    drives: [
      {
        vehicle_id: "7",
        arrival_s: [28_860, 28_935, 29_010, 29_085, 29_160],
        departure_s: [28_860, 28_935, 29_010, 29_085, null],
      },
    ],
  });
});

test("the same as a table", async () => {
  const asked = "/v1/review/line-day?date=2026-06-01&route_id=1&format=";
  const { body } = await doors().inject(`${asked}csv`);
  expect(body.split("\n").find((line) => line.startsWith("east-08:00"))).toBe(
    "east-08:00,,,false,7,east-0,0,08:00:00,08:00:00,08:01:00,08:01:00",
  );
  expect((await doors().inject(`${asked}parquet`)).rawPayload.subarray(0, 4).toString()).toBe("PAR1");
});

test.for(["route_id=1&date=2026-06-31", "date=2026-06-01", "route_id=1&date=2026-06-01&direction_id=2"])(
  "%s cannot be asked",
  async (query) => {
    expect((await doors().inject(`/v1/review/line-day?${query}`)).statusCode).toBe(400);
  },
);

test("a line that there is not has an empty day, another tenant's is nobody's", async () => {
  const asked = "/v1/review/line-day?date=2026-06-01&route_id=";
  expect((await doors().inject(`${asked}moon`)).json()).toMatchObject({ patterns: [], trips: [] });
  const other = await testApp({ review, town: { ...town, tenant: "other" } });
  const { trips } = (await other.inject(`${asked}1`)).json();
  expect(trips.flatMap(({ drives }: { drives: object[] }) => drives)).toEqual([]);
});
