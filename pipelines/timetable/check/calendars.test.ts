import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const CALENDAR = "calendar.txt";

test.each([
  [
    ["service_has_no_active_day_of_the_week"],
    { file: CALENDAR, row: "idle,0,0,0,0,0,0,0,20260101,20261231" },
  ],
  [["start_and_end_range_out_of_order"], { file: CALENDAR, row: "odd,1,1,1,1,1,1,1,20261231,20260101" }],
])("%s", async (codes, change) => {
  expect(await foundAfter(change)).toEqual(codes.map((code) => `${code} ${CALENDAR}:3`));
});

test.each([
  [["expired_calendar", "trip_coverage_not_active_for_next7_days"], "20260101,20260301"],
  [["trip_coverage_not_active_for_next7_days"], "20260101,20260317"],
  [["trip_coverage_not_active_for_next7_days", "future_calendar"], "20260401,20261231"],
  [[], "20260101,20260322"],
])("%s", async (codes, to) => {
  const found = await foundAfter({ file: CALENDAR, from: "20260101,20261231", to });
  expect(found).toEqual(codes.map((code) => `${code} ${CALENDAR}:0`));
});

test("two weeks without a bus are told", async () => {
  const found = await foundAfter(
    { file: CALENDAR, from: "20261231", to: "20260601" },
    { file: CALENDAR, row: "autumn,1,1,1,1,1,1,1,20260701,20261231" },
  );
  expect(found).toEqual([`big_gap_in_service ${CALENDAR}:0`]);
});

test.each([
  [["feed_expiration_date7_days", "service_window_outside_feed_period"], "20260320"],
  [["feed_expiration_date30_days", "service_window_outside_feed_period"], "20260401"],
  [["service_window_outside_feed_period"], "20260901"],
])("%s", async (codes, to) => {
  const found = await foundAfter({ file: "feed_info.txt", from: "20261231", to });
  expect(found).toEqual(codes.map((code) => `${code} feed_info.txt:2`));
});

test("a feed that begins tomorrow", async () => {
  const found = await foundAfter({ file: "feed_info.txt", from: "20260101", to: "20260316" });
  expect(found).toContain("future_feed feed_info.txt:2");
});

test.each([
  ["overlapping_frequency frequencies.txt:3", "06:30:00,08:00:00,600"],
  ["start_and_end_range_equal frequencies.txt:3", "08:00:00,08:00:00,600"],
  ["start_and_end_range_out_of_order frequencies.txt:3", "08:00:00,07:30:00,600"],
  ["number_out_of_range frequencies.txt:3", "08:00:00,09:00:00,0"],
])("%s", async (told, row) => {
  const all = `trip_id,start_time,end_time,headway_secs\neast-06:00,06:00:00,07:00:00,600\neast-06:00,${row}\n`;
  expect(await foundAfter({ file: "frequencies.txt", all })).toContain(told);
});
