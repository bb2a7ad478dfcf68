import { dayAfter } from "@yardline/timetable/service-day";
import { expect, test } from "vitest";
import { comparePeriods, comparisonReport } from "./comparison.ts";
import { REPORT_OPTIONS } from "./report.ts";
import { DAY, mornings } from "./testing.ts";

const before = { from: DAY, to: dayAfter(DAY, 5) };
const after = { tenant: "town", from: dayAfter(DAY, 6), to: dayAfter(DAY, 11) };

/** Six days on which every second run is 400 s late, then six with one run in six; each day a little different. */
const twelve = () =>
  mornings(12, (run, _stop, day) => {
    const { trip_id } = run.trip;
    if (!trip_id.startsWith("east")) return undefined;
    const nth = ["08:00", "08:20", "08:40", "09:00", "09:20", "09:40"].indexOf(trip_id.slice(5));
    return nth < (day < 6 ? 3 : 1) ? 400 + day : day;
  });

test("what changed, and within which bounds", async () => {
  const { history } = await twelve();
  const rows = await comparePeriods(history, after, before, 1);
  expect(rows.find(({ measure }) => measure === "on_time")).toEqual({
    ...{ feed: "town", route_id: "1", measure: "on_time", before: 0.5, after: 5 / 6, change: 5 / 6 - 0.5 },
    ...{ low: 5 / 6 - 0.5, high: 5 / 6 - 0.5, days_before: 6, days_after: 6, n_before: 144, n_after: 144 },
  });
  const delay = rows.find(({ measure }) => measure === "departure_delay_s");
  // Means 202.5 (days 0 to 5) and 400 / 6 + 8.5 (days 6 to 11).
  expect(delay?.change).toBeCloseTo(400 / 6 + 8.5 - 202.5);
  expect((delay?.low ?? 0) < (delay?.change ?? 0) && (delay?.change ?? 0) < (delay?.high ?? 0)).toBe(true);
});

test("of a few days there is a change, and no interval", async () => {
  const { history } = await twelve();
  const [row] = await comparePeriods(history, { ...after, to: dayAfter(DAY, 8) }, before, 1);
  expect(row).not.toHaveProperty("low");
});

test("without a period before there is nothing to compare", async () => {
  const { history } = await twelve();
  const asked = { history, timetables: [], filter: after, options: REPORT_OPTIONS, signal: undefined };
  await expect(comparisonReport.run(asked)).rejects.toMatchObject({ code: "REVIEW_PERIOD" });
});
