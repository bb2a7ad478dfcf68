import { expect, test } from "vitest";
import { speeding } from "./speeding.ts";
import { mornings } from "./testing.ts";

/** On the second hop of the avenue (502 m, timed over 452 m) each drive of one hour is 45 s faster than planned: 30 s. */
const fast = (days: number) =>
  mornings(days, (run, stop) => (run.trip.trip_id.startsWith("east-08") ? (stop > 1 ? -45 : 0) : undefined));

test("a segment and an hour on which drives are too fast as a rule", async () => {
  const { history, timetable, filter } = await fast(2);
  const rows = await speeding(history, [timetable], filter, 50);
  expect(rows).toEqual([
    {
      ...{ feed: "town", stop_id: "east-1", next_stop_id: "east-2", hour: 8, n: 6 },
      ...{
        length_m: expect.closeTo(502, -1),
        p50_kmh: expect.closeTo((452 / 30) * 3.6, 0),
        p85_kmh: expect.closeTo((452 / 30) * 3.6, 0),
      },
    },
  ]);
  expect(Object.keys(rows[0] ?? {}).filter((name) => /vehicle|trip/.test(name))).toEqual([]);
});

test("what few drove is nobody's business, and what is allowed is not in it", async () => {
  const few = await fast(1);
  expect(await speeding(few.history, [few.timetable], few.filter, 50)).toEqual([]);
  const many = await fast(3);
  expect(await speeding(many.history, [many.timetable], many.filter, 60)).toEqual([]);
});
