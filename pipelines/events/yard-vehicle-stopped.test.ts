import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardVehicleStopped } from "./yard-vehicle-stopped.ts";

const data: Parameters<typeof yardVehicleStopped.sentence>[0] = {
  camera: "yard-1",
  zone: "fire-lane",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:17:19.120Z",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "car",
  score: 0.875,
  rule: "vehicle-stopped",
  stay_s: 135,
  threshold_s: 60,
  passage: "fire-lane",
  box: [0.25, 0.4, 0.32, 0.7],
  snapshot: "yard-1/9f2c41d07be8",
  clip: {
    from: "2026-11-22T06:14:59.120Z",
    to: "2026-11-22T06:17:24.120Z",
  },
  recorded: true,
  ended: "left",
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
