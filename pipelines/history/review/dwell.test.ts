import { expect, test } from "vitest";
import { visitOf } from "../scenes.ts";
import { dwellReport } from "./dwell.ts";
import { REPORT_OPTIONS } from "./report.ts";
import { remembering } from "./testing.ts";

const filter = { tenant: "town", from: "20261101", to: "20261130" };

test("how long vehicles stand at a stop; a stop that few called at is not shown", async () => {
  const calls = [10, 20, 30, 40, 50].map((stood_s, n) => {
    const visit = visitOf(0, 0, { trip_id_scheduled: `7-${n}` });
    return { ...visit, actual_departure_ms: visit.actual_arrival_ms + stood_s * 1_000 };
  });
  const history = remembering([...calls, visitOf(1, 0)]);
  const { rows, definition } = await dwellReport.run({
    ...{ history, timetables: [], filter, options: REPORT_OPTIONS, signal: undefined },
  });
  expect(rows).toEqual([
    {
      feed: "town",
      route_id: "r7",
      direction_id: 0,
      stop_id: "stop-0",
      n: 5,
      mean_s: 30,
      p10_s: 14,
      p50_s: 30,
      p90_s: 46,
    },
  ]);
  expect(definition).toContain("not shown here: 1.");
});
