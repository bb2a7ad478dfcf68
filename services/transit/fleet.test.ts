import type { EventType } from "@yardline/events/event-type";
import { Network } from "@yardline/matching/network";
import { compareReports, type Report } from "@yardline/matching/reports";
import { drive, runOf } from "@yardline/matching/testing";
import { newKnowledge } from "@yardline/prediction/knowledge";
import { replay } from "@yardline/prediction/replay";
import { placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { knownOf, liveArrivals } from "./arrivals.ts";
import { Fleet } from "./fleet.ts";
import { saidOf } from "./said.ts";

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

test("a run between two others that nobody drove is missed, and the one behind it comes after a gap", () => {
  const fleet = new Fleet(new Network([timetable]));
  const driven = ["east-08:00", "east-08:40"].flatMap((trip_id, i) =>
    drive(runOf(timetable, trip_id, "20260601"), { trip_id }).map((fix) => ({
      ...fix,
      vehicle_id: `${i}`,
      received_at_ms: fix.at_ms,
    })),
  );
  // A third one, at the depot, shows that the fleet was heard all the while.
  const START_MS = startOf(runOf(timetable, "east-08:00", "20260601"));
  const parked = Array.from({ length: 60 }, (_, i) => {
    const at_ms = START_MS + i * 60_000;
    return { ...placeAt(5, 5), vehicle_id: "9", at_ms, received_at_ms: at_ms };
  });
  const { findings } = fleet.take([...driven, ...parked], false);
  const missed = fleet.hush(START_MS + 55 * 60_000);
  const said = [...findings, ...missed].map(saidOf);
  const sentences = said.flatMap(({ eventType, data }) =>
    /missed|gap/.test(eventType.type) && data["trip_id"] !== "west-08:10"
      ? eventType.sentence(writtenData(eventType, data), "en")
      : [],
  );
  expect(new Set(sentences)).toEqual(
    new Set([
      "Line 1: nobody served “Stop east-0” for 40 min before bus 1; the timetable has 20 min.",
      "Line 1: no bus was seen on the 08:20 trip from “Stop east-0” within 15 min.",
      "Line 1: no bus was seen on the 08:30 trip from “Stop west-4” within 15 min.",
    ]),
  );
});

function writtenData(eventType: EventType, data: Readonly<Record<string, unknown>>) {
  if (!eventType.validator().Check(data)) throw new Error(`That is no ${eventType.type}.`);
  return data;
}
