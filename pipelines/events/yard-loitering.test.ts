import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardLoitering } from "./yard-loitering.ts";

const data = {
  camera: "yard-1",
  rule: "loitering",
  zone: "гойдалки",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "person",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:17:19.120Z",
  score: 0.875,
  sightings: 42,
  box: [0.25, 0.4, 0.32, 0.7] as [number, number, number, number],
  stay_s: 135,
  threshold_s: 120,
} as const;

test("says how long somebody stayed and what was allowed", () => {
  expect(LANGUAGES.map((language) => yardLoitering.sentence(data, language))).toEqual([
    "Людина затримується у зоні «гойдалки»: 135 с, поріг 120 с, найкраща впевненість 88 %.",
    "Человек задерживается в зоне «гойдалки»: 135 с, порог 120 с, лучшая уверенность 88 %.",
    "A person loiters in zone “гойдалки”: 135 s, threshold 120 s, best score 88 %.",
  ]);
});

test("a longer stay is the same occurrence", () => {
  const longer = { ...data, until: "2026-11-22T06:19:00.000Z", stay_s: 236, score: 0.9 };
  expect(yardLoitering.identity(longer)).toEqual(yardLoitering.identity(data));
  expect(yardLoitering.measures(data)).toEqual({ duration_s: 135 });
});
