import { AskedOrder } from "@yardline/operations/order";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import type { Block } from "../api/types.ts";
import { needsEnd, undoneFrom, type Wish, whatOf } from "./asked-order.ts";

const run = {
  ...{ trip_id: "t1", start_time: "08:00:00", route_id: "r1", cancelled: false, added: false },
  ...{ starts_at: "2026-10-05T05:00:00.000Z", ends_at: "2026-10-05T05:40:00.000Z" },
};
const block: Block = {
  ...{ feed: "town", service_date: "20261005", block_id: "b1", runs: [run], assigned: [], driven_by: [] },
};
const { block_id: _, ...loose } = block;
const typed = (name: string) =>
  ({
    vehicle_id: "12",
    start_time: "09:15",
    route_id: "r1",
    from_stop_id: "s1",
    to_stop_id: "s2",
    stop_id: "s3",
  })[name] ?? "текст";

test.for<Wish>([
  { order: "assign", block },
  { order: "assign", block: loose },
  { order: "swap", vehicle_id: "7" },
  { order: "cancel", block, run },
  { order: "add", block, run },
  { order: "detour" },
  { order: "close-stop" },
  { order: "alert" },
])("what the form means is what the API takes: $order", (wish) => {
  const asked = { what: whatOf(wish, typed), by: "olha", why: "road works" };
  expect(Value.Errors(AskedOrder, asked)).toEqual([]);
});

test("a run of no block is given by itself", () => {
  expect(whatOf({ order: "assign", block: loose }, typed)).toMatchObject({
    duty: { trip_id: "t1", start_time: "08:00:00" },
  });
  expect([needsEnd({ order: "detour" }), needsEnd({ order: "swap", vehicle_id: "7" })]).toEqual([
    true,
    false,
  ]);
});

test("an assignment that is taken back within the hour was never right; everything else ends now", () => {
  const at = "2026-10-05T05:00:00.000Z";
  const own = { at, from: "2026-10-05T04:30:00.000Z" };
  const swap = { order: "swap", vehicle_id: "7", with_vehicle_id: "8" } as const;
  const closed = { order: "close-stop", stop_id: "s3" } as const;
  const after = (min: number) => Date.parse(at) + min * 60_000;
  expect(undoneFrom({ ...own, what: swap }, after(59))).toBe(own.from);
  expect(undoneFrom({ ...own, what: swap }, after(61))).toBeUndefined();
  expect(undoneFrom({ ...own, what: closed }, after(1))).toBeUndefined();
});
