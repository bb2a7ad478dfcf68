import { expect, test } from "vitest";
import { planScene } from "./scene-plan.ts";
import { SceneWatch } from "./scene-watch.ts";
import { momentsOf, told, type Visit, watch } from "./testing.ts";
import { vehicleAtNight } from "./vehicle-at-night.ts";

const drives: Visit = {
  label: "car",
  size: [0.2, 0.1],
  from_s: 2,
  to_s: 8,
  feetAt: (t_s) => [t_s / 10, 0.8],
};

test("one that drives is raised, one that only stands there is not", () => {
  const parked: Visit = { ...drives, from_s: 0, to_s: 60, feetAt: () => [0.5, 0.8] };
  expect(told(watch(vehicleAtNight, [drives, parked], 70))).toEqual(["opened 3.4 t0", "closed 11.2 t0 left"]);
});

test("it works from 22:00 to 06:00 of the town's clock unless it is told otherwise", () => {
  const raisedIn = (timezone: string) => {
    const plan = planScene({ rules: [{ rule: "vehicle-at-night" }] }, { timezone, holidays: [] });
    const scene = new SceneWatch(plan, 16 / 9);
    return momentsOf([drives], 10).flatMap((moment) => scene.take(moment)).length > 0;
  };
  // The moments are those of midnight in UTC.
  expect([raisedIn("UTC"), raisedIn("Asia/Tokyo")]).toEqual([true, false]);
});
