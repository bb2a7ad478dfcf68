import { AppError } from "@yardline/domain/errors";
import { blockTownTimetable, smallTownTimetable } from "@yardline/timetable/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { admitOrder } from "./admit.ts";
import type { AskedOrder, Order, What } from "./order.ts";
import { block, EIGHT_MS, orderOf, trip } from "./testing.ts";

const timetable = await blockTownTimetable();
const other = await smallTownTimetable("other");
const UNTIL = { until: "2026-06-01T18:00:00Z" };

function admit(what: What, more: Partial<AskedOrder> = {}, log: readonly Order[] = [], now_ms = EIGHT_MS) {
  const findDriven = (vehicle_id: string) => (vehicle_id === "9" ? trip("round-08:00") : undefined);
  const asked = { what, by: "Olha", why: "test", ...more };
  return admitOrder(asked, { timetables: [timetable, other], log, now_ms, findDriven });
}

function refusalOf(...asked: Parameters<typeof admit>): string {
  try {
    admit(...asked);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
  return "admitted";
}

const GIVEN = orderOf(1, { order: "assign", vehicle_id: "7", duty: block("avenue") });
const CANCEL: What = { order: "cancel", run: { feed: "town", ...trip("east-08:20") } };
const detour = (from_stop_id: string, to_stop_id: string): What => ({
  order: "detour",
  route_id: "1",
  from_stop_id,
  to_stop_id,
});

test.for<[string, Parameters<typeof admit>, string]>([
  ["a trip that does not exist", [{ order: "cancel", run: trip("east-08:21") }], "ORDER_UNKNOWN_RUN"],
  [
    "a trip on a day on which it does not run",
    [{ order: "cancel", run: { service_date: "20250601", trip_id: "east-08:20" } }],
    "ORDER_UNKNOWN_RUN",
  ],
  [
    "a block that does not exist",
    [{ order: "assign", vehicle_id: "7", duty: block("street") }],
    "ORDER_UNKNOWN_RUN",
  ],
  ["a copy of nothing", [{ order: "add", like: trip("none"), start_time: "09:00:00" }], "ORDER_UNKNOWN_RUN"],
  [
    "a stop that does not exist",
    [{ order: "close-stop", stop_id: "atlantis" }, UNTIL],
    "ORDER_UNKNOWN_PLACE",
  ],
  ["a detour against the line", [detour("east-3", "east-1"), UNTIL], "ORDER_UNKNOWN_PLACE"],
  [
    "an end before the start",
    [detour("east-1", "east-3"), { from: "2026-06-01T18:00:00Z", until: "2026-06-01T17:00:00Z" }],
    "ORDER_TIMES",
  ],
  ["a detour without an end", [detour("east-1", "east-3")], "ORDER_TIMES"],
  [
    "a detour that is over",
    [detour("east-1", "east-3"), { from: "2026-05-31T17:00:00Z", until: "2026-05-31T18:00:00Z" }],
    "ORDER_TIMES",
  ],
  [
    "a day that is none",
    [{ order: "cancel", run: { service_date: "20260230", trip_id: "east-08:20" } }],
    "ORDER_UNKNOWN_RUN",
  ],
  [
    "an alert whose period is none",
    [
      {
        order: "alert",
        concerns: [{ route_id: "1" }],
        text: { template: "line-suspended", values: { line: "1" } },
        periods: [{ from: "2026-06-30T23:59:60Z" }],
      },
    ],
    "ORDER_TIMES",
  ],
  ["a month back", [CANCEL, { from: "2026-05-01T08:00:00Z" }], "ORDER_TIMES"],
  [
    "a swap of a vehicle with itself",
    [{ order: "swap", vehicle_id: "7", with_vehicle_id: "7" }],
    "ORDER_SAME_VEHICLE",
  ],
  [
    "a swap of two that drive nothing",
    [{ order: "swap", vehicle_id: "5", with_vehicle_id: "6" }],
    "ORDER_NOTHING_TO_SWAP",
  ],
  [
    "a block that another vehicle has",
    [{ order: "assign", vehicle_id: "8", duty: block("avenue") }, {}, [GIVEN]],
    "ORDER_TAKEN",
  ],
  [
    "a trip of it",
    [{ order: "assign", vehicle_id: "8", duty: trip("east-08:20") }, {}, [GIVEN]],
    "ORDER_TAKEN",
  ],
  [
    "a second trip at the same time",
    [{ order: "assign", vehicle_id: "7", duty: trip("round-08:20") }, {}, [GIVEN]],
    "ORDER_TAKEN",
  ],
  [
    "a trip when the vehicle is free",
    [{ order: "assign", vehicle_id: "7", duty: trip("round-09:20") }, {}, [GIVEN]],
    "admitted",
  ],
  ["the same cancellation twice", [CANCEL, {}, [orderOf(1, CANCEL)]], "ORDER_TWICE"],
  [
    "again after it was undone",
    [CANCEL, {}, [orderOf(1, CANCEL), orderOf(2, { order: "undo", of: "1" })]],
    "admitted",
  ],
  ["undoing what was never ordered", [{ order: "undo", of: "5" }], "ORDER_UNKNOWN_ORDER"],
  [
    "undoing twice",
    [{ order: "undo", of: "1" }, {}, [orderOf(1, CANCEL), orderOf(2, { order: "undo", of: "1" })]],
    "ORDER_UNDONE",
  ],
  [
    "undoing an undo",
    [{ order: "undo", of: "2" }, {}, [orderOf(1, CANCEL), orderOf(2, { order: "undo", of: "1" })]],
    "ORDER_UNDONE",
  ],
  ["undoing what ended", [{ order: "undo", of: "1" }, {}, [orderOf(1, CANCEL, -20, -10)]], "ORDER_UNDONE"],
  [
    "an alert of no template",
    [{ order: "alert", concerns: [{ route_id: "1" }], text: { template: "storm", values: {} } }],
    "ORDER_TEXT",
  ],
  [
    "an alert without a value",
    [{ order: "alert", concerns: [{ route_id: "1" }], text: { template: "delays", values: { line: "1" } } }],
    "ORDER_TEXT",
  ],
  [
    "an alert about no line",
    [
      {
        order: "alert",
        concerns: [{ route_id: "77" }],
        text: { template: "line-suspended", values: { line: "77" } },
      },
    ],
    "ORDER_UNKNOWN_PLACE",
  ],
])("%s: %3$s", ([, asked, code]) => {
  expect(refusalOf(...asked)).toBe(code);
});

test("whatever is asked that the schema lets through, it is admitted or refused", () => {
  const text = fc.oneof(
    fc.constantFrom("east-08:20", "avenue", "east-1", "east-3", "1", "7"),
    fc.string({ minLength: 1 }),
  );
  const time = fc.constantFrom(
    "2026-06-30T23:59:60Z",
    "2026-06-01T09:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  );
  const day = fc.constantFrom("20260601", "20260230", "99999999", "00000000");
  const run = fc.record({ service_date: day, trip_id: text });
  const duty = fc.oneof(run, fc.record({ service_date: day, block_id: text }));
  const what: fc.Arbitrary<What> = fc.oneof(
    fc.record({ order: fc.constant("assign" as const), vehicle_id: text, duty }),
    fc.record({ order: fc.constant("cancel" as const), run }),
    fc.record({
      order: fc.constant("add" as const),
      like: run,
      start_time: fc.constantFrom("08:05:00", "49:59:59"),
    }),
    fc.record({
      order: fc.constant("detour" as const),
      route_id: text,
      from_stop_id: text,
      to_stop_id: text,
    }),
    fc.record({
      order: fc.constant("alert" as const),
      concerns: fc.array(fc.oneof(fc.record({ route_id: text }), fc.record({ run })), { minLength: 1 }),
      text: fc.record({ template: text, values: fc.dictionary(fc.string(), fc.string()) }),
      periods: fc.array(fc.record({ from: time, until: time }), { minLength: 1 }),
    }),
  );
  const times = fc.record({ from: time, until: time }, { requiredKeys: [] });
  fc.assert(
    fc.property(what, times, (asked, more) => {
      expect(refusalOf(asked, more, [GIVEN])).toMatch(/^(admitted|ORDER_)/);
    }),
    { numRuns: 500 },
  );
});

test("orders about runs end with them and say of which feed they are", () => {
  expect(admit({ order: "cancel", run: trip("west-08:30") })).toEqual({
    ...{ at: "2026-06-01T05:00:00.000Z", by: "Olha", why: "test" },
    from: "2026-06-01T05:00:00.000Z",
    until: "2026-06-01T08:35:00.000Z",
    what: { order: "cancel", run: { feed: "town", ...trip("west-08:30") } },
  });
  expect(admit({ order: "add", like: trip("west-08:30"), start_time: "12:30:00" }).until).toBe(
    "2026-06-01T12:35:00.000Z",
  );
});

test("a swap of two that nobody assigned is of what they are seen to drive", () => {
  const swap = { order: "swap", vehicle_id: "7", with_vehicle_id: "9" } as const;
  expect(admit(swap, {}, [GIVEN])).toMatchObject({ gives: [block("avenue")], takes: [trip("round-08:00")] });
  expect(admit(swap)).toMatchObject({ gives: [], takes: [trip("round-08:00")] });
});

test("the day of a clock change: a trip of 25 hours' day is cancelled and added at the time of its own clock", () => {
  const october = { service_date: "20261025", trip_id: "east-08:20" };
  const now_ms = Date.parse("2026-10-24T12:00:00Z");
  expect(admit({ order: "cancel", run: october }, {}, [], now_ms).until).toBe("2026-10-25T09:25:00.000Z");
  expect(admit({ order: "add", like: october, start_time: "02:30:00" }, {}, [], now_ms).until).toBe(
    "2026-10-25T03:35:00.000Z",
  );
});
