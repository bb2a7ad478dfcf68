import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardVehicleAtNight } from "./yard-vehicle-at-night.ts";

const data: Parameters<typeof yardVehicleAtNight.sentence>[0] = {
  camera: "yard-1",
  zone: "yard",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:17:19.120Z",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "truck",
  score: 0.875,
  rule: "vehicle-at-night",
  sightings: 42,
  box: [0.25, 0.4, 0.32, 0.7],
  snapshot: "yard-1/9f2c41d07be8",
  clip: {
    from: "2026-11-22T06:14:59.120Z",
    to: "2026-11-22T06:17:24.120Z",
  },
  recorded: true,
  ended: "left",
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
