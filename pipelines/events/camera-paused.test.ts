import { expect, test } from "vitest";
import { cameraPaused } from "./camera-paused.ts";
import { LANGUAGES } from "./event-type.ts";

const paused = {
  camera: "yard",
  since: "2026-11-30T08:00:00.000Z",
  planned_until: "2026-11-30T18:00:00.000Z",
};

test("says that it sees nothing, never why; a later end is the same occurrence", () => {
  const over = { ...paused, until: "2026-11-30T09:00:00.000Z", ended: "resumed" } as const;
  expect(
    [paused, over].flatMap((data) => LANGUAGES.map((each) => cameraPaused.sentence(data, each))),
  ).toEqual([
    "Камеру «yard» поставлено на паузу: вона нічого не бачить і не записує.",
    "Камера «yard» на паузе: она ничего не видит и не записывает.",
    "Camera “yard” is paused: it sees and records nothing.",
    "Пауза камери «yard» закінчилася.",
    "Пауза камеры «yard» закончилась.",
    "The pause of camera “yard” is over.",
  ]);
  expect(cameraPaused.identity(over)).toEqual(cameraPaused.identity(paused));
  expect([cameraPaused.measures(paused), cameraPaused.measures(over)]).toEqual([{}, { duration_s: 3600 }]);
});
