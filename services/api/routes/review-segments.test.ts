import { noneCancelled } from "@yardline/history/review/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";

test("the ways from stop to stop, with the lines that drive them", async () => {
  const timetables = [await smallTownTimetable()];
  const review = { timetables, history: () => Promise.reject(), cancelled: noneCancelled };
  const app = await testApp({ review });
  const answer = await app.inject("/v1/review/segments");
  expect(answer.headers["content-type"]).toBe("application/geo+json; charset=utf-8");
  const { features } = answer.json();
  expect(features).toHaveLength(12);
  expect(features[4]).toEqual({
    type: "Feature",
    geometry: {
      type: "LineString",
      coordinates: [
        [31.2, expect.closeTo(49.8)],
        [expect.closeTo(31.207), expect.closeTo(49.8)],
      ],
    },
    properties: {
      ...{ feed: "town", stop_id: "east-0", next_stop_id: "east-1", route_ids: ["1"] },
      length_m: expect.closeTo(502.4, 0),
    },
  });
  const { etag } = answer.headers;
  const again = await app.inject({ url: "/v1/review/segments", headers: { "if-none-match": `${etag}` } });
  expect(again.statusCode).toBe(304);
});

test("without a timetable there are none", async () => {
  const app = await testApp();
  expect((await app.inject("/v1/review/segments")).json().type).toBe("urn:yardline:problem:no-timetable");
});
