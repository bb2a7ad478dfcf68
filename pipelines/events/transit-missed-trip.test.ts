import { expect, test } from "vitest";
import { CALL, sentencesAt } from "./testing.ts";
import { transitMissedTrip } from "./transit-missed-trip.ts";

test("says which trip nobody was seen on, by the clocks of the town", () => {
  expect(sentencesAt(transitMissedTrip, { departure_time: "08:24:00", waited_s: 600 })).toEqual([
    "Маршрут 7: на рейсі о 08:24 від зупинки «Ринок» за 10 хв не побачено жодного автобуса.",
    "Маршрут 7: на рейсе в 08:24 от остановки «Ринок» за 10 мин не увидели ни одного автобуса.",
    "Line 7: no bus was seen on the 08:24 trip from “Ринок” within 10 min.",
  ]);
  expect(sentencesAt(transitMissedTrip, { departure_time: "25:10:00", waited_s: 600 })[2]).toContain("01:10");
});

test("is the run's own, whoever should have driven it", () => {
  const { vehicle_id, stop_sequence, ...run } = CALL;
  const facts = { ...run, stop_sequence, departure_time: "08:24:00", waited_s: 600 };
  expect(transitMissedTrip.identity({ ...facts, waited_s: 3_000 })).toEqual(
    transitMissedTrip.identity(facts),
  );
  expect(transitMissedTrip.facets(facts)).toEqual({ route: ["r7", "7"], stop: ["rynok", "Ринок"] });
});
