import { AppError } from "@yardline/domain/errors";
import type { WasCancelled } from "@yardline/history/review/planned-calls";
import { morning, mornings, noneCancelled } from "@yardline/history/review/testing";
import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";
import { TENANT } from "../testing/scenes.ts";

const town = { name: "Town", tenant: "town", simulated: false };

/** Doors of a town of which six mornings were recorded: the avenue's buses 90 s late. */
const six = await mornings(6, (run) => (run.trip.trip_id.startsWith("east") ? 90 : undefined));
const review = { timetables: [six.timetable], history: async () => six.history, cancelled: noneCancelled };
const doors = sharedApp(() => ({ review, town }));

const DAYS = "from=2026-06-01&to=2026-06-06";

test("a report with its definition, how complete it is, and its rows", async () => {
  const app = doors();
  const answer = await app.inject(`/v1/review/on-time?${DAYS}`);
  expect(answer.statusCode).toBe(200);
  const { rows, definition, completeness, report } = answer.json();
  expect(report).toBe("on-time");
  expect(rows).toEqual([
    {
      feed: "town",
      route_id: "1",
      direction_id: null,
      n: 144,
      early: 0,
      on_time: 1,
      late: 0,
      mean_delay_s: 90,
    },
  ]);
  expect(definition).toMatch(/^On time: left its stop at most 60 s before/);
  expect(completeness).toEqual({
    planned_trips: 1_044,
    seen_trips: 36,
    planned_calls: 5_220,
    seen_calls: 180,
  });
});

test("which of the days there is anything of, and on which another timetable begins", async () => {
  const asked = "/v1/review/on-time?from=2026-05-30&to=2026-06-10";
  expect((await doors().inject(asked)).json().days).toEqual({
    ...{ asked: 12, recorded: 6, first: "2026-06-01", last: "2026-06-06", timetable_changes: [] },
  });
});

test("of one hour and one direction alone", async () => {
  const asked = `/v1/review/on-time?${DAYS}`;
  const nine = await doors().inject(`${asked}&hour=9`);
  expect(nine.json().rows).toMatchObject([{ n: 72 }]);
  expect((await doors().inject(`${asked}&hour=9&direction_id=1`)).json().rows).toEqual([]);
});

test("a suggested timetable as GTFS, and of nothing else", async () => {
  const slow = await mornings(6, (run, stop) =>
    run.trip.trip_id.startsWith("east") ? stop * 150 : undefined,
  );
  const own = { timetables: [slow.timetable], history: async () => slow.history, cancelled: noneCancelled };
  const app = await testApp({ review: own, town });
  const answer = await app.inject(`/v1/review/suggested-run-times?${DAYS}&format=gtfs`);
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  const lines = answer.body.split("\n");
  expect(lines[0]).toBe("trip_id,arrival_time,departure_time,stop_id,stop_sequence");
  expect(lines.filter((line) => line.startsWith("east-08:20"))).toEqual([
    "east-08:20,08:20:00,08:20:00,east-0,10",
    "east-08:20,08:24:00,08:24:00,east-1,20",
    "east-08:20,08:28:00,08:28:00,east-2,30",
    "east-08:20,08:31:00,08:31:00,east-3,40",
    "east-08:20,08:35:00,08:35:00,east-4,50",
  ]);
  expect((await app.inject(`/v1/review/on-time?${DAYS}&format=gtfs`)).statusCode).toBe(400);
});

test("the same as CSV, of one line and one day of the week", async () => {
  const app = doors();
  const asked = `/v1/review/on-time?${DAYS}&weekday=1&route_id=1&route_id=2&hourly=true&format=csv`;
  const answer = await app.inject(asked);
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(answer.body).toBe(
    "feed,route_id,direction_id,hour,n,early,on_time,late,mean_delay_s\ntown,1,,8,12,0,1,0,90\ntown,1,,9,12,0,1,0,90\n",
  );
});

test.for([
  ["/v1/review/horoscope?from=2026-06-01&to=2026-06-01", 400],
  ["/v1/review/on-time?from=2026-06-31&to=2026-07-01", 400],
  ["/v1/review/on-time?from=2026-06-02&to=2026-06-01", 400],
  ["/v1/review/on-time?from=2020-01-01&to=2026-06-01", 400],
  ["/v1/review/on-time?from=2026-06-01&to=2026-06-01&weekday=8", 400],
  [`/v1/review/comparison?${DAYS}`, 400],
] as const)("%s cannot be asked", async ([url, status]) => {
  const app = doors();
  const answer = await app.inject(url);
  expect(answer.statusCode).toBe(status);
  expect(answer.json().detail).toMatch(/\S/);
});

test("an answer of too many rows is refused", async () => {
  const app = await testApp({ review, town, limits: { review_rows_max: 1 } });
  expect((await app.inject(`/v1/review/on-time?${DAYS}&hourly=true`)).json().detail).toContain(
    "More than 1 rows",
  );
});

test("where no timetable is loaded, or nothing was recorded yet, it says so", async () => {
  const without = await testApp();
  expect((await without.inject(`/v1/review/on-time?${DAYS}`)).json().type).toBe(
    "urn:yardline:problem:no-timetable",
  );
  const absent = async () => Promise.reject(new AppError("HISTORY_ABSENT", "none"));
  const young = await testApp({ review: { timetables: [], history: absent, cancelled: noneCancelled } });
  expect((await young.inject(`/v1/review/on-time?${DAYS}`)).json().type).toBe(
    "urn:yardline:problem:no-history",
  );
});

test("no question reaches another tenant's days", async () => {
  const { history, timetable } = await mornings(1, () => 0);
  const other = { name: "Other", tenant: TENANT, simulated: false };
  const app = await testApp({
    review: { timetables: [timetable], history: async () => history, cancelled: noneCancelled },
    town: other,
  });
  expect((await app.inject(`/v1/review/on-time?${DAYS}`)).json().rows).toEqual([]);
});

test("out of the real history, while other doors are open", async () => {
  const { history, timetable } = await morning(() => 30);
  const app = await testApp({
    review: { timetables: [timetable], history: async () => history, cancelled: noneCancelled },
    town,
  });
  const [missed, lines] = await Promise.all([
    app.inject("/v1/review/missed-trips?from=2026-06-01&to=2026-06-01"),
    app.inject("/v1/lines"),
  ]);
  expect(lines.statusCode).toBe(200);
  expect(missed.json().rows).toMatchObject([
    { route_id: "1", planned_trips: 116, missed_trips: 104 },
    { route_id: "2", planned_trips: 58, missed_trips: 52 },
  ]);
});

test("what was cancelled is not missed, and the same rows come as Parquet", async () => {
  const { history, timetable } = await mornings(1, () => 30);
  const cancelled = async (): Promise<WasCancelled> => (_, run) => run.trip_id.startsWith("round");
  const app = await testApp({
    review: { timetables: [timetable], history: async () => history, cancelled },
    town,
  });
  const url = "/v1/review/missed-trips?from=2026-06-01&to=2026-06-01";
  const { rows, completeness } = (await app.inject(url)).json();
  expect(rows[1]).toMatchObject({ planned_trips: 58, cancelled_trips: 58, missed_trips: 0 });
  expect(completeness.planned_trips).toBe(116);
  const file = await app.inject(`${url}&format=parquet`);
  expect(file.headers["content-type"]).toBe("application/vnd.apache.parquet");
  expect(file.rawPayload.subarray(0, 4).toString()).toBe("PAR1");
});
