import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { SEEN } from "./testing.ts";
import { yardVehicleAtNight } from "./yard-vehicle-at-night.ts";

const data: Parameters<typeof yardVehicleAtNight.sentence>[0] = {
  ...SEEN,
  zone: "yard",
  label: "truck",
  rule: "vehicle-at-night",
  sightings: 42,
};

test("says who drove where for how long", () => {
  expect(LANGUAGES.map((language) => yardVehicleAtNight.sentence(data, language))).toEqual([
    "Вантажівка їде у зоні «yard» у заборонений час: 135 с, помічено 42 рази, найкраща впевненість 88 %.",
    "Грузовик едет в зоне «yard» в запрещённое время: 135 с, замечено 42 раза, лучшая уверенность 88 %.",
    "A truck drives in zone “yard” at a forbidden hour for 135 s, seen 42 times, best score 88 %.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardVehicleAtNight.identity({ ...data, sightings: 50 })).toEqual(yardVehicleAtNight.identity(data));
  expect(yardVehicleAtNight.identity({ ...data, zone: "other" })).not.toEqual(
    yardVehicleAtNight.identity(data),
  );
});
