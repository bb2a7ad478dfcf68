import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const CALLS = "stop_times.txt";

test("500 m in ten seconds", async () => {
  const found = await foundAfter({
    file: CALLS,
    from: "06:01:15,06:01:15,east-1",
    to: "06:00:10,06:00:10,east-1",
  });
  expect(found).toEqual([`fast_travel_between_consecutive_stops ${CALLS}:3`]);
});

test("a minute is granted to times on whole minutes", async () => {
  const found = await foundAfter({
    file: CALLS,
    from: "06:01:15,06:01:15,east-1",
    to: "06:00:00,06:00:00,east-1",
  });
  expect(found).toEqual([]);
});

test("a village twenty kilometres away is not reached in three minutes", async () => {
  const found = await foundAfter(
    { file: "stops.txt", row: "village,Village,49.98,31.2" },
    { file: "trips.txt", row: "1,daily,out,Village," },
    { file: CALLS, row: "out,06:00:05,06:00:05,east-0,10" },
    { file: CALLS, row: "out,06:03:00,06:03:00,village,20" },
  );
  expect(found).toEqual([
    `fast_travel_between_consecutive_stops ${CALLS}:873`,
    `fast_travel_between_far_stops ${CALLS}:873`,
  ]);
});
