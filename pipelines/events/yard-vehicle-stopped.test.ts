import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { SEEN } from "./testing.ts";
import { yardVehicleStopped } from "./yard-vehicle-stopped.ts";

const data: Parameters<typeof yardVehicleStopped.sentence>[0] = {
  ...SEEN,
  zone: "fire-lane",
  label: "car",
  rule: "vehicle-stopped",
  stay_s: 135,
  threshold_s: 60,
  passage: "fire-lane",
};

test("says what is blocked, for how long, and what was allowed", () => {
  expect(LANGUAGES.map((language) => yardVehicleStopped.sentence(data, language))).toEqual([
    "Автомобіль перекриває пожежний проїзд у зоні «fire-lane»: 135 с, поріг 60 с, найкраща впевненість 88 %.",
    "Автомобиль перекрывает пожарный проезд в зоне «fire-lane»: 135 с, порог 60 с, лучшая уверенность 88 %.",
    "A car blocks the fire lane in zone “fire-lane”: 135 s, threshold 60 s, best score 88 %.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardVehicleStopped.identity({ ...data, stay_s: 500 })).toEqual(yardVehicleStopped.identity(data));
  expect(yardVehicleStopped.identity({ ...data, zone: "other" })).not.toEqual(
    yardVehicleStopped.identity(data),
  );
});
