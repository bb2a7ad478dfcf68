import { dayAfter } from "@yardline/timetable/service-day";
import fc from "fast-check";
import { DIMENSIONS, MEASURES } from "./history.ts";
import { CLOSED, NOON_MS, OLDEST, TODAY, YESTERDAY } from "./scenes.ts";

const of = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const dates = of(TODAY, YESTERDAY, CLOSED, dayAfter(CLOSED, -1), OLDEST);
/** Few of each, so that visits meet; some with what SQL, paths and joined keys stumble over. */
const ids = of("7", "Ринок", "a:b", "a", "b'; --", "%3A", "😀");
const instants = fc.integer({ min: 0, max: 7_200_000 }).map((ms) => NOON_MS + ms);

const visits = fc.record(
  {
    tenant: of("town"),
    feed: of("town", "a:b"),
    service_date: dates,
    trip_id_scheduled: ids,
    start_time: of("06:00:00", "06:30:00"),
    scheduled_stop_sequence: fc.integer({ min: 0, max: 3 }),
    vehicle_id: of("1", "b"),
    route_id: ids,
    direction_id: of(0, 1),
    stop_id: ids,
    hour: fc.integer({ min: 0, max: 23 }),
    schedule_arrival_ms: instants,
    schedule_departure_ms: instants,
    actual_arrival_ms: instants,
    actual_departure_ms: instants,
    delay_s: fc.integer({ min: -600, max: 3_600 }),
    occurrence: of("0a", "0b"),
    revision: fc.integer({ min: 0, max: 3 }),
    withdrawn: fc.boolean(),
  },
  {
    requiredKeys: [
      "tenant",
      "feed",
      "service_date",
      "trip_id_scheduled",
      "scheduled_stop_sequence",
      "vehicle_id",
      "route_id",
      "stop_id",
      "hour",
      "schedule_arrival_ms",
      "actual_arrival_ms",
      "delay_s",
      "occurrence",
      "revision",
      "withdrawn",
    ],
  },
);

/** What befalls a history: calls of `append`, closing of days, opening anew. */
export const histories = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.array(visits, { maxLength: 40 }) },
    { weight: 2, arbitrary: of("close" as const) },
    { weight: 1, arbitrary: of("reopen" as const) },
  ),
  { minLength: 1, maxLength: 8 },
);

const some = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3 });
const filters = fc
  .record(
    {
      days: fc.tuple(dates, dates).map((two) => two.toSorted()),
      feeds: some(of("town", "a:b")),
      route_ids: some(ids),
      direction_ids: some(of(0, 1)),
      stop_ids: some(ids),
      hours: some(fc.integer({ min: 0, max: 23 })),
      days_of_week: some(fc.integer({ min: 1, max: 7 })),
    },
    { requiredKeys: ["days"] },
  )
  .map(({ days: [from = TODAY, to = TODAY], ...lists }) => ({ from, to, ...lists }));

export const questions = fc.array(
  fc
    .record({
      measure: of(...MEASURES),
      by: fc.uniqueArray(of(...DIMENSIONS), { maxLength: 4 }),
      filter: fc.oneof(of({ from: OLDEST, to: TODAY }), filters),
      edges: fc
        .uniqueArray(fc.integer({ min: -600, max: 1_800 }), { minLength: 1, maxLength: 3 })
        .map((edges) => edges.toSorted((a, b) => a - b)),
      percentiles: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
    })
    .map(({ by, ...rest }) => ({
      ...rest,
      by: rest.measure === "running_time_s" ? by : by.filter((name) => name !== "next_stop_id"),
    })),
  { minLength: 6, maxLength: 6 },
);
