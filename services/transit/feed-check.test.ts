import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { FeedCheck } from "./feed-check.ts";
import { Fleet } from "./fleet.ts";
import { transitView } from "./view.ts";

const timetable = await smallTownTimetable();
const [east, west, round] = ["east-08:00", "west-08:10", "round-08:00"].map((trip) =>
  runOf(timetable, trip, "20260601"),
);
const MINUTE_MS = 60_000;

/** A quarter of an hour with two buses, each on its run, and a third that seems to drive what another one drives. */
test("what is served breaks no rule, look after look, while vehicles come, double, and fall silent", () => {
  if (!east || !west || !round) throw new Error("no runs");
  const network = new Network([timetable]);
  const fleet = new Fleet(network);
  const clock = handClock(startOf(east));
  const check = new FeedCheck([timetable], transitView(network, fleet, clock));
  const fixes = [
    ...drive(east, { late_s: 90, trip_id: "east-08:00" }).map((fix) => ({ vehicle_id: "1", ...fix })),
    ...drive(east, { late_s: 200, trip_id: "east-08:00" }).map((fix) => ({ vehicle_id: "2", ...fix })),
    ...drive(round, { noise_m: 10 }).map((fix) => ({ vehicle_id: "3", ...fix })),
    ...drive(west, { late_s: -30, trip_id: "west-08:10" }).map((fix) => ({ vehicle_id: "1", ...fix })),
  ].toSorted((a, b) => a.at_ms - b.at_ms);
  const start_ms = fixes[0]?.at_ms ?? 0;
  const found = [];
  for (let now_ms = start_ms; now_ms < start_ms + 16 * MINUTE_MS; now_ms += 30_000) {
    const heard = fixes.filter(({ at_ms }) => at_ms > now_ms - 30_000 && at_ms <= now_ms);
    fleet.take(
      heard.map((fix) => ({ ...fix, received_at_ms: now_ms })),
      false,
    );
    fleet.hush(now_ms);
    found.push(...check.look(now_ms).map((breach) => ({ at_s: (now_ms - start_ms) / 1000, ...breach })));
  }
  expect(found).toEqual([]);
});
