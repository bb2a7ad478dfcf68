import { expect, test } from "vitest";
import { changesBetween } from "./changes.ts";
import { standingOf } from "./order.ts";
import { block, EIGHT_MS, orderOf, trip } from "./testing.ts";

const after = (minutes: number) => EIGHT_MS + minutes * 60_000;

test("since when it is different, and for whom: only orders about what vehicles drive", () => {
  const before = [orderOf(1, { order: "assign", vehicle_id: "7", duty: block("avenue") })];
  const log = [
    ...before,
    orderOf(2, { order: "close-stop", stop_id: "east-1" }),
    orderOf(3, { order: "cancel", run: trip("east-08:20") }, 5),
    orderOf(4, { order: "undo", of: "1" }, 30),
  ];
  const changes = changesBetween(standingOf(before), standingOf(log));
  expect(changes).toEqual([{ since_ms: after(30), vehicles: ["7"] }, { since_ms: after(5) }]);
  expect(changesBetween(standingOf(log), standingOf(log))).toEqual([]);
});
