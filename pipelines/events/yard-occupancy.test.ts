import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardOccupancy } from "./yard-occupancy.ts";

const data: Parameters<typeof yardOccupancy.sentence>[0] = {
  camera: "yard-1",
  zone: "playground",
  since: "2026-11-22T06:00:00.000Z",
  until: "2026-11-22T07:00:00.000Z",
  rule: "occupancy",
  mean: 2.25,
  peak: 7,
  entered: 31,
  watched_s: 3592,
  recorded: true,
};

test("says the numbers of the hour and nobody in it", () => {
  expect(LANGUAGES.map((language) => yardOccupancy.sentence(data, language))).toEqual([
    "За годину у зоні «playground»: у середньому 2,3, найбільше 7, прийшло 31, спостереження 60 хв.",
    "За час в зоне «playground»: в среднем 2,3, больше всего 7, пришло 31, наблюдение 60 мин.",
    "In one hour in zone “playground”: 2.3 on average, 7 at most, 31 came, watched for 60 min.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardOccupancy.identity({ ...data, entered: 32 })).toEqual(yardOccupancy.identity(data));
  expect(yardOccupancy.identity({ ...data, zone: "other" })).not.toEqual(yardOccupancy.identity(data));
});
