import { mornings, noneCancelled } from "@yardline/history/review/testing";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";

const town = { name: "Town", tenant: "town", simulated: false };

test("a past day, a piece after the other, none twice", async () => {
  const { history, timetable } = await mornings(1, (run) =>
    run.trip.trip_id === "east-08:00" ? 30 : undefined,
  );
  const review = { timetables: [timetable], history: async () => history, cancelled: noneCancelled };
  const app = await testApp({ review, town, limits: { replay_moments_max: 4 } });
  const moments: { at: string; what: string; stop_id: string }[] = [];
  let since = "";
  do {
    const answer = await app.inject(`/v1/review/replay?date=2026-06-01${since}`);
    expect(answer.statusCode).toBe(200);
    const { moments: piece, next } = answer.json();
    moments.push(...piece);
    since = next === undefined ? "" : `&since=${next}`;
  } while (since !== "");
  expect(moments.map(({ at, what, stop_id }) => `${at.slice(11, 19)} ${what} ${stop_id}`)).toEqual([
    ...[
      "05:00:30 arrived east-0",
      "05:00:30 departed east-0",
      "05:01:45 arrived east-1",
      "05:01:45 departed east-1",
    ],
    ...[
      "05:03:00 arrived east-2",
      "05:03:00 departed east-2",
      "05:04:15 arrived east-3",
      "05:04:15 departed east-3",
    ],
    "05:05:30 arrived east-4",
  ]);
});

test("the whole day as a table, and one that would be too long", async () => {
  const { history, timetable } = await mornings(1, (run) =>
    run.trip.trip_id === "east-08:00" ? 30 : undefined,
  );
  const review = { timetables: [timetable], history: async () => history, cancelled: noneCancelled };
  const app = await testApp({ review, town, limits: { replay_moments_max: 4 } });
  const ask = (format: string) => app.inject(`/v1/review/replay?date=2026-06-01&format=${format}`);
  const lines = (await ask("csv")).body.trim().split("\n");
  expect(lines.length).toBe(10);
  expect(lines.slice(0, 2)).toEqual([
    "at,what,feed,route_id,trip_id,vehicle_id,stop_id,stop_sequence,delay_s",
    expect.stringMatching(/^2026-06-01T05:00:30\.000Z,arrived,town,1,east-08:00,\w+,east-0,\d+,30$/),
  ]);
  expect((await ask("parquet")).rawPayload.subarray(0, 4).toString()).toBe("PAR1");
  const small = await testApp({ review, town, limits: { replay_rows_max: 8 } });
  const refused = await small.inject("/v1/review/replay?date=2026-06-01&format=csv");
  expect([refused.statusCode, refused.json().type]).toEqual([400, "urn:yardline:problem:review-too-much"]);
});

test("a day that there is not", async () => {
  const { history, timetable } = await mornings(1, () => undefined);
  const app = await testApp({
    review: { timetables: [timetable], history: async () => history, cancelled: noneCancelled },
  });
  expect((await app.inject("/v1/review/replay?date=2026-02-30")).statusCode).toBe(400);
  expect((await app.inject("/v1/review/replay?date=2026-06-01")).json()).toEqual({ moments: [] });
});
