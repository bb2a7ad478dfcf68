import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardCrowding } from "./yard-crowding.ts";

const data: Parameters<typeof yardCrowding.sentence>[0] = {
  camera: "yard-1",
  zone: "stage",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:17:19.120Z",
  label: "person",
  score: 0.875,
  rule: "crowding",
  count_max: 9,
  threshold: 6,
  box: [0.25, 0.4, 0.32, 0.7],
  snapshot: "yard-1/9f2c41d07be8",
  clip: {
    from: "2026-11-22T06:14:59.120Z",
    to: "2026-11-22T06:17:24.120Z",
  },
  recorded: true,
  ended: "left",
};

test("says how many were how long where", () => {
  expect(LANGUAGES.map((language) => yardCrowding.sentence(data, language))).toEqual([
    "Скупчення у зоні «stage»: до 9 одночасно, поріг 6, триває 135 с.",
    "Скопление в зоне «stage»: до 9 одновременно, порог 6, длится 135 с.",
    "A crowd in zone “stage”: up to 9 at once, threshold 6, for 135 s.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardCrowding.identity({ ...data, until: "2026-11-22T06:30:00.000Z", count_max: 12 })).toEqual(
    yardCrowding.identity(data),
  );
  expect(yardCrowding.identity({ ...data, zone: "other" })).not.toEqual(yardCrowding.identity(data));
});
