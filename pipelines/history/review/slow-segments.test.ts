import { expect, test } from "vitest";
import { slowSegments } from "./slow-segments.ts";
import { mornings } from "./testing.ts";

test("where time is lost, the most first, in its parts; few drives are counted and not shown", async () => {
  // Nine days: at eight each drive loses 40 s on the third hop, at nine two of three do.
  const { history, timetable, filter } = await mornings(9, (run, stop, day) => {
    const { trip_id } = run.trip;
    if (!trip_id.startsWith("east")) return undefined;
    const isSlow = trip_id.startsWith("east-08") || day > 2;
    return isSlow && stop > 2 ? 40 : 0;
  });
  const { rows, hidden } = await slowSegments(history, [timetable], filter);
  expect(hidden).toBe(0);
  expect(rows.slice(0, 2)).toEqual([
    {
      ...{ feed: "town", stop_id: "east-2", next_stop_id: "east-3", hour: 8, n: 27 },
      ...{ p10_s: 115, p50_s: 115, p90_s: 115, fixed_s: 75, variable_s: 40, dwell_s: 0, lost_s: 1_080 },
      ...{ length_m: expect.closeTo(502, -1), speed_mps: expect.closeTo(502 / 115, 1) },
    },
    expect.objectContaining({ stop_id: "east-2", hour: 9, n: 27, variable_s: 40, lost_s: 1_080 }),
  ]);
  expect(rows.slice(2).every(({ lost_s }) => lost_s === 0)).toBe(true);
});
