import { blockTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { expect, test } from "vitest";
import { inForce } from "./in-force.ts";
import { type Order, standingOf } from "./order.ts";
import { findRun } from "./runs.ts";
import { block, DAY, EIGHT_MS, orderOf, trip } from "./testing.ts";

const timetable = await blockTownTimetable();
const MINUTE_MS = 60_000;
const ordersOf = (...log: readonly Order[]) => inForce(standingOf(log), [timetable]);
const at = (minutes: number) => EIGHT_MS + minutes * MINUTE_MS;
const runOf = (trip_id: string) => {
  const found = findRun([timetable], trip(trip_id));
  if (!found) throw new Error(trip_id);
  return found.run;
};

test("a vehicle that was given a block has its runs, each around its time; after an undo none", () => {
  const orders = ordersOf(
    orderOf(1, { order: "assign", vehicle_id: "7", duty: block("avenue") }),
    orderOf(2, { order: "undo", of: "1" }, 20),
  );
  const assigned = (minutes: number) => orders.listAssigned("7", at(minutes)).map(({ trip }) => trip.trip_id);
  expect(assigned(-1)).toEqual([]);
  expect(assigned(0)).toEqual(["east-08:00", "west-08:10", "east-08:20", "west-08:30"]);
  expect(assigned(20)).toEqual([]);
  expect(orders.listAssigned("8", at(5))).toEqual([]);
});

test("a swap takes the place of what either had, and what is given after it counts too", () => {
  const orders = ordersOf(
    orderOf(1, { order: "assign", vehicle_id: "7", duty: block("avenue") }),
    orderOf(2, { order: "assign", vehicle_id: "8", duty: trip("round-08:00") }),
    {
      ...orderOf(3, { order: "swap", vehicle_id: "7", with_vehicle_id: "8" }, 10),
      takes: [trip("round-08:00")],
      gives: [block("avenue")],
    },
    orderOf(4, { order: "assign", vehicle_id: "7", duty: trip("round-08:40") }, 20),
    orderOf(5, { order: "undo", of: "3" }, 30),
  );
  const duties = (vehicle_id: string, minutes: number) =>
    orders
      .listDuties(vehicle_id, at(minutes))
      .map((duty) => ("block_id" in duty ? duty.block_id : duty.trip_id));
  expect([5, 15, 25, 35].map((minutes) => duties("7", minutes))).toEqual([
    ["avenue"],
    ["round-08:00"],
    ["round-08:00", "round-08:40"],
    ["avenue", "round-08:40"],
  ]);
  expect([5, 15, 35].map((minutes) => duties("8", minutes))).toEqual([
    ["round-08:00"],
    ["avenue"],
    ["round-08:00"],
  ]);
});

test("what comes next of what was given, cancelled trips passed over", () => {
  const orders = ordersOf(
    orderOf(1, { order: "assign", vehicle_id: "7", duty: block("avenue") }),
    orderOf(2, { order: "cancel", run: trip("west-08:10") }),
  );
  expect(orders.findNextGiven("7", runOf("east-08:00"), at(1))?.trip.trip_id).toBe("east-08:20");
  expect(orders.findNextGiven("7", runOf("west-08:30"), at(1))).toBeUndefined();
  expect(orders.listCancelled(at(1)).map(({ run }) => run.trip.trip_id)).toEqual(["west-08:10"]);
  expect(orders.listCancelled(at(60))).toEqual([]);
});

test("an added trip is a copy at another time, in no block, the same object each time it is asked for", () => {
  const add = orderOf(1, { order: "add", like: trip("east-08:20"), start_time: "25:10:00" });
  const [one, other] = [ordersOf(add), ordersOf(add)].map((orders) => orders.listAdded(at(1))[0]);
  expect(one).toBe(other);
  expect(one && startOf(one)).toBe(Date.parse("2026-06-02T01:10:00+03:00"));
  expect(one?.trip).toMatchObject({ trip_id: "east-08:20+25:10#1", added: true });
  expect(one?.trip).not.toHaveProperty("block_id");
  expect(ordersOf(add, orderOf(2, { order: "undo", of: "1" })).listAdded(at(1))).toEqual([]);
});

test("a detour lies between two stops in their order: the other direction keeps its way, a loop is left after the nearer one", () => {
  const orders = ordersOf(
    orderOf(1, { order: "detour", route_id: "1", from_stop_id: "east-1", to_stop_id: "east-3" }, 0, 60),
    orderOf(2, { order: "detour", route_id: "2", from_stop_id: "circle-3", to_stop_id: "circle-0" }, 0, 60),
    orderOf(3, { order: "close-stop", stop_id: "circle-1" }, 0, 60),
  );
  const skips = (trip_id: string, minutes = 5) =>
    runOf(trip_id).trip.pattern.stops.flatMap(({ stop_id }, stop) => {
      const skip = orders.findSkip(timetable, runOf(trip_id), stop, at(minutes));
      return skip ? [`${stop_id} ${skip}`] : [];
    });
  expect(skips("east-08:00")).toEqual(["east-2 detour"]);
  expect(skips("west-08:10")).toEqual([]);
  expect(skips("round-08:00")).toEqual(["circle-1 stop-closed"]);
  expect(skips("east-08:00", 60)).toEqual([]);
  const detoured = (at_m: number) => orders.isDetoured(timetable, runOf("east-08:00"), at_m, at(5));
  expect([200, 400, 1_000, 1_480, 1_600].map(detoured)).toEqual([false, true, true, true, false]);
});

test("what no timetable has any more says nothing", () => {
  const orders = ordersOf(
    orderOf(1, { order: "add", like: trip("gone"), start_time: "09:00:00" }),
    orderOf(2, { order: "cancel", run: { service_date: DAY, trip_id: "gone" } }),
    orderOf(3, { order: "assign", vehicle_id: "7", duty: block("gone") }),
  );
  expect([orders.listAdded(at(1)), orders.listCancelled(at(1)), orders.listAssigned("7", at(1))]).toEqual([
    [],
    [],
    [],
  ]);
});
