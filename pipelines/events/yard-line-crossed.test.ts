import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardLineCrossed } from "./yard-line-crossed.ts";

const data = {
  camera: "yard-1",
  rule: "line-crossing",
  zone: "ворота",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "bicycle",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:04.120Z",
  score: 0.875,
  box: [0.25, 0.4, 0.32, 0.7] as [number, number, number, number],
  direction: "in",
  hour_in: 12,
  hour_out: 9,
} as const;

test("says who crossed which line which way, and the counts of the hour", () => {
  expect(LANGUAGES.map((language) => yardLineCrossed.sentence(data, language))).toEqual([
    "Велосипед: перетин лінії «ворота» всередину, за цю годину всередину 12, назовні 9, найкраща впевненість 88 %.",
    "Велосипед: пересечение линии «ворота» внутрь, за этот час внутрь 12, наружу 9, лучшая уверенность 88 %.",
    "A bicycle crossed line “ворота” inwards; this hour 12 in, 9 out, best score 88 %.",
  ]);
});

test("crossing back is another occurrence, a corrected count the same", () => {
  const back = { ...data, since: "2026-11-22T06:16:00.000Z", direction: "out" } as const;
  expect(yardLineCrossed.identity(back)).not.toEqual(yardLineCrossed.identity(data));
  expect(yardLineCrossed.identity({ ...data, hour_in: 13 })).toEqual(yardLineCrossed.identity(data));
});
