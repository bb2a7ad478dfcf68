import { ALL_SHOWN } from "@yardline/privacy/public-positions";
import { expect, test } from "vitest";
import { DAY, EIGHT_MS, operatedTown } from "./testing/town.ts";

const HOUR_MS = 3_600_000;
const trip = (trip_id: string) => ({ service_date: DAY, trip_id });

test("what is planned at a stop, without what dispatchers took away and with what they added", async () => {
  const town = await operatedTown();
  const planned = () =>
    town.view
      .listPlanned("east-2", [EIGHT_MS, EIGHT_MS + HOUR_MS], town.clock.now_ms())
      ?.map(({ run }) => run.trip_id);
  expect(planned()).toEqual(["east-08:00", "east-08:20", "east-08:40"]);
  await town.order({ order: "cancel", run: trip("east-08:20") });
  await town.order({ order: "add", like: trip("east-08:20"), start_time: "08:05:00" });
  expect(planned()).toEqual(["east-08:00", "east-08:20+08:05#2", "east-08:40"]);
  await town.order(
    { order: "close-stop", stop_id: "east-2" },
    { until: new Date(EIGHT_MS + HOUR_MS / 2).toISOString() },
  );
  expect(planned()).toEqual(["east-08:40"]);
  expect(town.view.listPlanned("nowhere", [EIGHT_MS, EIGHT_MS], EIGHT_MS)).toBeUndefined();
});

test("the days after are in it, and calls after midnight of the day before", async () => {
  const town = await operatedTown();
  const midnight_ms = EIGHT_MS - 8 * HOUR_MS;
  const days = [0, 1, 2].map(
    (day) =>
      town.view.listPlanned(
        "east-2",
        [midnight_ms + day * 24 * HOUR_MS, midnight_ms + (day + 1) * 24 * HOUR_MS],
        town.clock.now_ms(),
      )?.length,
  );
  expect(days[0]).toBeGreaterThan(0);
  expect(days[1]).toBe(days[0]);
});

test("when a bus was last heard of is known long after it fell silent, unless nobody may know of it", async () => {
  const town = await operatedTown();
  expect(town.view.heardAt(town.clock.now_ms())).toBeUndefined();
  const at_ms = EIGHT_MS + 1_000;
  await town.report("7", [{ at_ms, latitude: 50.2, longitude: 30.3 }]);
  town.clock.advance(5 * HOUR_MS);
  expect(town.view.heardAt(town.clock.now_ms())).toBe(at_ms);
  const policy = { ...ALL_SHOWN, town: { show: "off" as const } };
  await town.dispatch.decide({ policy, by: "Olha", why: "alarm" }, 0);
  expect(town.view.heardAt(town.clock.now_ms())).toBeUndefined();
});
