import { expect, test } from "vitest";
import { cameraTampered } from "./camera-tampered.ts";
import { LANGUAGES } from "./event-type.ts";

const covered = {
  camera: "yard-1",
  rule: "camera-covered",
  kind: "covered",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:10.120Z",
  brightness: 126,
  sharpness: 0.02,
  lost: 0.94,
} as const;

test("says what is wrong with the camera, for how long, and by which number", () => {
  expect(LANGUAGES.map((language) => cameraTampered.sentence(covered, language))).toEqual([
    "Камера «yard-1» закрита, 6 с; не видно 94 % обрисів сцени.",
    "Камера «yard-1» закрыта, 6 с; не видно 94 % контуров сцены.",
    "Camera “yard-1” is covered, for 6 s; 94 % of the scene's outlines are gone.",
  ]);
  const slid = { ...covered, kind: "moved" as const, shift: [-0.03, 0.04] as [number, number] };
  const others = [slid, { ...covered, kind: "defocused" as const }, { ...covered, kind: "dark" as const }];
  expect(others.map((data) => cameraTampered.sentence(data, "uk"))).toEqual([
    "Камера «yard-1» зсунута, 6 с; кадр зсунувся на 5 %.",
    "Камера «yard-1» розфокусована, 6 с; різкість 2 % від звичайної.",
    "Камера «yard-1» нічого не бачить: темно, 6 с; яскравість 126 з 255.",
  ]);
});

test("one stretch of one trouble is named by its beginning; another trouble is another occurrence", () => {
  const later = { ...covered, until: "2026-11-22T06:25:00.000Z", lost: 1, ended: "cleared" } as const;
  expect(cameraTampered.identity(later)).toEqual(cameraTampered.identity(covered));
  expect(cameraTampered.identity({ ...covered, kind: "dark" })).not.toEqual(cameraTampered.identity(covered));
});
