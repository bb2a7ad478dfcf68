import { Network } from "@yardline/matching/network";
import { compareReports, type Report } from "@yardline/matching/reports";
import { drive, runOf } from "@yardline/matching/testing";
import { newKnowledge } from "@yardline/prediction/knowledge";
import { replay } from "@yardline/prediction/replay";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { knownOf, liveArrivals } from "./arrivals.ts";
import { Fleet } from "./fleet.ts";

const timetable = await smallTownTimetable();
const HORIZON_MS = 90 * 60_000;

/** Vehicles of one line, each slower than its timetable by half, the last one under way. */
const reports: readonly Report[] = ["east-08:00", "east-08:20", "east-08:40"]
  .flatMap((trip_id, i) => {
    const run = runOf(timetable, trip_id, "20260601");
    const fixes = drive(run, { every_s: 20, trip_id });
    const slow = fixes.map((fix) => ({ ...fix, at_ms: startOf(run) + 1.5 * (fix.at_ms - startOf(run)) }));
    return slow.slice(0, i === 2 ? 5 : slow.length).map((fix) => ({ vehicle_id: `${i}`, fix }));
  })
  .toSorted(compareReports);

test("the live service learns and predicts what a replay of the same reports does", () => {
  const fleet = new Fleet(new Network([timetable]));
  for (const { vehicle_id, fix } of reports) {
    fleet.take([{ ...fix, vehicle_id, received_at_ms: fix.at_ms }], false);
  }
  const now_ms = reports.at(-1)?.fix.at_ms ?? 0;
  const heard = fleet.listHeard().filter(({ position }) => position.vehicle_id === "2");
  const live = liveArrivals(knownOf(heard, fleet.knowledge), now_ms);
  const replayed =
    [...replay(new Network([timetable]), newKnowledge(), reports, HORIZON_MS)].at(-1)?.predictions ?? [];
  expect(live.map(({ predicted_at_ms, low_ms, high_ms }) => ({ predicted_at_ms, low_ms, high_ms }))).toEqual(
    replayed.map(({ stop: _, ...said }) => said),
  );
  const last = live.at(-1);
  expect((last?.predicted_at_ms ?? 0) - (last?.scheduled_at_ms ?? 0)).toBeGreaterThan(60_000);
});
