import { expect, test } from "vitest";
import { standingOf } from "./order.ts";
import { EIGHT_MS, orderOf, trip } from "./testing.ts";

const minutes = (at_ms: number) => (at_ms - EIGHT_MS) / 60_000;

test("an undo ends what it undoes from its own moment on; what was never in force stays known as such", () => {
  const log = [
    orderOf(1, { order: "cancel", run: trip("east-08:20") }),
    orderOf(2, { order: "close-stop", stop_id: "east-1" }, 30, Number.POSITIVE_INFINITY),
    orderOf(3, { order: "undo", of: "1" }, 10),
    orderOf(4, { order: "undo", of: "2" }, 30),
  ];
  expect(
    standingOf(log).map(({ order, from_ms, until_ms, undone_by }) => [
      order.id,
      minutes(from_ms),
      minutes(until_ms),
      undone_by,
    ]),
  ).toEqual([
    ["1", 0, 10, "3"],
    ["2", 30, 30, "4"],
  ]);
});
