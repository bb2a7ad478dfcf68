import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { SEEN } from "./testing.ts";
import { yardWrongWay } from "./yard-wrong-way.ts";

const data: Parameters<typeof yardWrongWay.sentence>[0] = {
  ...SEEN,
  zone: "ramp",
  until: "2026-11-22T06:15:08.120Z",
  label: "car",
  rule: "wrong-way",
  sightings: 12,
  turned_deg: 171,
  travel_lengths: 3.2,
  threshold_lengths: 1.5,
};

test("says how far and how much against the way", () => {
  expect(LANGUAGES.map((language) => yardWrongWay.sentence(data, language))).toEqual([
    "Автомобіль: рух проти напрямку «ramp», відхилення 171°, пройдено 3,2 власного розміру, поріг 1,5, найкраща впевненість 88 %.",
    "Автомобиль: движение против направления «ramp», отклонение 171°, пройдено 3,2 собственного размера, порог 1,5, лучшая уверенность 88 %.",
    "A car goes against the way of “ramp”: 171° off, 3.2 own lengths so far, threshold 1.5, best score 88 %.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardWrongWay.identity({ ...data, travel_lengths: 5 })).toEqual(yardWrongWay.identity(data));
  expect(yardWrongWay.identity({ ...data, zone: "other" })).not.toEqual(yardWrongWay.identity(data));
});
