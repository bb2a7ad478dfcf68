import { drive, runOf } from "@yardline/matching/testing";
import { eventually } from "@yardline/testkit/eventually";
import { blockTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { DAY, EIGHT_MS, operatedTown, timetable } from "./testing/town.ts";

/** Orders reach matching within one look at them, on a machine that does other things too. */
const WITHIN_MS = 20_000;

const trip = (trip_id: string) => ({ service_date: DAY, trip_id });

test("a cancelled trip is said to be on boards and in the feed, until that is undone", async () => {
  const town = await operatedTown();
  expect(town.board("east-2")).toEqual(["east-08:00 timetable", "east-08:20 timetable"]);
  const { id } = await town.order({ order: "cancel", run: trip("east-08:20") });
  expect(town.board("east-2")).toEqual(["east-08:00 timetable", "east-08:20 timetable cancelled"]);
  expect(town.updates()).toEqual(["east-08:20 CANCELED"]);
  await town.order({ order: "undo", of: id });
  expect(town.board("east-2")).toEqual(["east-08:00 timetable", "east-08:20 timetable"]);
  expect(town.updates()).toEqual([]);
});

test("an added trip is on boards and, with all its calls, in the feed; a bus that was given it drives it", async () => {
  const town = await operatedTown();
  await town.order({ order: "add", like: trip("east-08:20"), start_time: "08:05:00" });
  expect(town.board("east-2", 3)).toEqual([
    "east-08:00 timetable",
    "east-08:20+08:05#1 timetable",
    "east-08:20 timetable",
  ]);
  expect(town.updates()).toEqual(["east-08:20+08:05#1 ADDED east-0 east-1 east-2 east-3 east-4"]);
  await town.order({ order: "assign", vehicle_id: "7", duty: trip("east-08:20+08:05#1") });
  const fixes = drive(runOf(timetable, "east-08:20", DAY)).map((fix) => ({
    ...fix,
    at_ms: fix.at_ms - 15 * 60_000,
  }));
  await town.report("7", fixes.slice(0, 25));
  await eventually(() => expect(town.board("east-3", 1)).toEqual(["east-08:20+08:05#1 7"]), WITHIN_MS);
  expect(town.clock.now_ms() - EIGHT_MS).toBeGreaterThan(5 * 60_000);
});

test("a closed stop and a detour: calls are passed by, passengers are told, and all ends by itself", async () => {
  const town = await operatedTown();
  const until = new Date(EIGHT_MS + 30 * 60_000).toISOString();
  await town.order({ order: "close-stop", stop_id: "east-1" }, { until });
  await town.order(
    { order: "detour", route_id: "1", from_stop_id: "east-2", to_stop_id: "east-4" },
    { until },
  );
  expect(town.board("east-1", 3)).toEqual([
    "east-08:00 timetable stop-closed",
    "east-08:20 timetable stop-closed",
    "east-08:40 timetable",
  ]);
  expect(town.board("east-3", 1)).toEqual(["east-08:00 timetable detour"]);
  expect(town.updates()).toEqual([
    "east-08:00 SCHEDULED -east-1 -east-3",
    "east-08:20 SCHEDULED -east-1 -east-3",
  ]);
  expect(town.view.listAlerts(EIGHT_MS).map(({ effect, header }) => [effect, header.uk])).toEqual([
    ["NO_SERVICE", "Зупинка «Stop east-1» не працює"],
    ["DETOUR", "Маршрут 1 їде в обʼїзд"],
  ]);
  town.clock.advance(31 * 60_000);
  expect(town.view.listAlerts(town.clock.now_ms())).toEqual([]);
  expect(town.updates()).toEqual([]);
});

test("a bus that is seen on one trip is given another of the same line: it is there within one look, and back when that is undone", async () => {
  const town = await operatedTown();
  const fixes = drive(runOf(timetable, "east-08:00", DAY), { late_s: 480 });
  await town.report("7", fixes.slice(0, 20));
  await eventually(() => expect(town.drivenTrip("7")).toBe("east-08:00"), WITHIN_MS);
  const { id } = await town.order(
    { order: "assign", vehicle_id: "7", duty: trip("east-08:20") },
    { from: new Date(EIGHT_MS).toISOString() },
  );
  await eventually(() => expect(town.drivenTrip("7")).toBe("east-08:20"), WITHIN_MS);
  await town.dispatch.order({
    what: { order: "undo", of: id },
    ...{ by: "Olha", why: "it was bus 8", from: new Date(EIGHT_MS).toISOString() },
  });
  await eventually(() => expect(town.drivenTrip("7")).toBe("east-08:00"), WITHIN_MS);
});

test("a block that comes by several times: a bus of another one is put on the run that it may be latest for the least", async () => {
  const town = await operatedTown();
  const onTime = drive(runOf(timetable, "east-08:40", DAY));
  await town.report("7", onTime.slice(0, 20));
  await eventually(() => expect(town.drivenTrip("7")).toBe("east-08:40"), WITHIN_MS);
  await town.order({ order: "assign", vehicle_id: "7", duty: { service_date: DAY, block_id: "avenue" } });
  await town.report("7", onTime.slice(0, 22));
  await eventually(() => expect(town.drivenTrip("7")).toBe("east-08:20"), WITHIN_MS);
});

test("two buses are swapped: each goes on with the other's trips, and the block says who has it", async () => {
  const town = await operatedTown();
  await town.order({ order: "assign", vehicle_id: "7", duty: { service_date: DAY, block_id: "avenue" } });
  await town.order({ order: "swap", vehicle_id: "7", with_vehicle_id: "8" });
  const blocks = () =>
    town.dispatch
      .listBlocks(DAY, town.clock.now_ms())
      .filter(({ block_id, assigned }) => block_id !== undefined || assigned.length > 0)
      .map(({ block_id, assigned, runs }) => [
        block_id,
        assigned,
        runs.map(({ trip_id }) => trip_id).join(" "),
      ]);
  expect(blocks()).toEqual([["avenue", ["8"], "east-08:00 west-08:10 east-08:20 west-08:30"]]);
  await town.report("8", drive(runOf(timetable, "east-08:00", DAY)).slice(0, 30));
  await eventually(() => expect(town.board("west-2", 1)).toEqual(["west-08:10 8"]), WITHIN_MS);
});

test("a cancelled trip of a block: its bus is expected on the one after it", async () => {
  const town = await operatedTown();
  await town.report("8", drive(runOf(timetable, "east-08:00", DAY)).slice(0, 30));
  await eventually(() => expect(town.board("west-2", 1)).toEqual(["west-08:10 8"]), WITHIN_MS);
  await town.order({ order: "cancel", run: trip("west-08:10") });
  expect(town.board("west-2", 1)).toEqual(["west-08:10 timetable cancelled"]);
  await eventually(() => expect(town.board("east-1", 1)).toEqual(["east-08:20 8"]), WITHIN_MS);
});

test("a cancelled trip is never one that did not come, and is off the board a minute after its time", async () => {
  const town = await operatedTown();
  await town.order({ order: "cancel", run: trip("east-08:00") });
  town.clock.advance(4 * 60_000);
  expect(town.overdue("east-2")).toEqual([]);
  expect(town.board("east-2", 1)).toEqual(["east-08:20 timetable"]);
});

test("what was ordered holds for another version of the timetable from when that is followed", async () => {
  const town = await operatedTown();
  await town.order({ order: "cancel", run: trip("east-08:20") });
  await town.order({ order: "add", like: trip("east-08:20"), start_time: "08:05:00" });
  await town.adopt([await blockTownTimetable()]);
  town.clock.advance(1_000);
  expect(town.board("east-2", 3)).toEqual([
    "east-08:00 timetable",
    "east-08:20+08:05#2 timetable",
    "east-08:20 timetable cancelled",
  ]);
  expect(town.updates()).toEqual([
    "east-08:20+08:05#2 ADDED east-0 east-1 east-2 east-3 east-4",
    "east-08:20 CANCELED",
  ]);
  const runs = town.dispatch.listBlocks(DAY, EIGHT_MS).flatMap((block) => block.runs);
  expect(runs.filter(({ trip_id }) => trip_id === "east-08:20").map(({ cancelled }) => cancelled)).toEqual([
    true,
  ]);
  await town.order({ order: "assign", vehicle_id: "7", duty: trip("east-08:40") });
});
