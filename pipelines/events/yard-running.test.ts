import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardRunning } from "./yard-running.ts";

const data: Parameters<typeof yardRunning.sentence>[0] = {
  camera: "yard-1",
  zone: "all",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:08.120Z",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "person",
  score: 0.875,
  rule: "running",
  speed: 2.4,
  threshold: 1.6,
  unit: "heights",
  box: [0.25, 0.4, 0.32, 0.7],
  snapshot: "yard-1/9f2c41d07be8",
  clip: {
    from: "2026-11-22T06:14:59.120Z",
    to: "2026-11-22T06:17:24.120Z",
  },
  recorded: true,
  ended: "left",
};

test("says how fast in which unit, and the threshold", () => {
  expect(LANGUAGES.map((language) => yardRunning.sentence(data, language))).toEqual([
    "Людина біжить у кадрі: 2,4 власного зросту за секунду, поріг 1,6, триває 4 с.",
    "Человек бежит в кадре: 2,4 собственного роста в секунду, порог 1,6, длится 4 с.",
    "A person runs in view: 2.4 own heights a second, threshold 1.6, for 4 s.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardRunning.identity({ ...data, speed: 3 })).toEqual(yardRunning.identity(data));
  expect(yardRunning.identity({ ...data, zone: "other" })).not.toEqual(yardRunning.identity(data));
});
