import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { SEEN } from "./testing.ts";
import { yardRunning } from "./yard-running.ts";

const data: Parameters<typeof yardRunning.sentence>[0] = {
  ...SEEN,
  zone: "all",
  until: "2026-11-22T06:15:08.120Z",
  label: "person",
  rule: "running",
  speed: 2.4,
  threshold: 1.6,
  unit: "heights",
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
