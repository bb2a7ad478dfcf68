import { groundAt, placeAt, smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import type { Fix } from "./fix.ts";
import { type Following, follow, UNKNOWN } from "./follow.ts";
import { Network } from "./network.ts";
import { NOTHING_ORDERED, type Ordered } from "./ordered.ts";
import { drive, runOf } from "./testing.ts";

const timetable = await smallTownTimetable();
const DAY = "20260601";
const [at0800, at0820] = ["east-08:00", "east-08:20"].map((trip_id) => {
  const run = timetable
    .listRunsOn(runOf(timetable, trip_id, DAY).trip.pattern, DAY)
    .find(({ trip }) => trip.trip_id === trip_id);
  if (!run) throw new Error(trip_id);
  return run;
});

/** The trip that vehicle 7 is told on after its last fix, and how surely. */
function tripAfter(fixes: readonly Fix[], ordered: Partial<Ordered> = {}): string | undefined {
  const network = new Network([timetable]);
  network.heed({ ...NOTHING_ORDERED, ...ordered });
  const following = fixes.reduce<Following>(
    (before, fix) =>
      follow(network, "7", before, fix, network.ordered.listAssigned("7", fix.at_ms)).following,
    UNKNOWN,
  );
  return following.placement?.run.trip.trip_id;
}

const late = at0800 ? drive(at0800, { late_s: 480 }).slice(0, 30) : [];

test("what people gave a vehicle decides between trips of its line", () => {
  if (!at0820) throw new Error("no run");
  expect(tripAfter(late)).toBe("east-08:00");
  expect(tripAfter(late, { listAssigned: () => [at0820] })).toBe("east-08:20");
});

test("what people gave a vehicle is overruled by where it is", () => {
  const [round] = timetable
    .listRunsOn(runOf(timetable, "round-08:00", DAY).trip.pattern, DAY)
    .filter(({ trip }) => trip.trip_id === "round-08:00");
  if (!round) throw new Error("no run");
  expect(tripAfter(late, { listAssigned: () => [round] })).toBe("east-08:00");
});

test("nobody drives a cancelled trip", () => {
  expect(tripAfter(late, { isCancelled: (_timetable, run) => run === at0800 })).not.toBe("east-08:00");
});

test("a bus on a marked detour stays on its trip; on an unmarked one it is soon on none", () => {
  if (!at0800) throw new Error("no run");
  const { pattern } = at0800.trip;
  const onLine = drive(at0800).filter((_, i) => i <= 15);
  // Half a kilometre to the side and a kilometre along, while the line goes straight on.
  const around = Array.from({ length: 24 }, (_, i) => ({
    ...placeAt(1 + i * 0.06, i < 8 ? i * 0.09 : 0.7),
    at_ms: startOf(at0800) + 75_000 + (i + 1) * 10_000,
  }));
  expect(tripAfter([...onLine, ...around])).toBeUndefined();
  const isDetoured: Ordered["isDetoured"] = (_timetable, run, at_m) =>
    run.trip.pattern === pattern && at_m >= 300 && at_m <= 2_000;
  expect(tripAfter([...onLine, ...around], { isDetoured })).toBe("east-08:00");
  const back = { ...groundAt(pattern, 1_990), at_ms: startOf(at0800) + 330_000 };
  expect(tripAfter([...onLine, ...around, back], { isDetoured })).toBe("east-08:00");
});
