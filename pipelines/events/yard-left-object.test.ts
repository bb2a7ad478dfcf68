import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardLeftObject } from "./yard-left-object.ts";

const box: [number, number, number, number] = [0.5, 0.53, 0.52, 0.58];
const left = {
  camera: "yard-1",
  rule: "left-object",
  zone: "all",
  region: "1795414504120-7760",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:26.120Z",
  box,
  area: 0.0012,
};

test("says where something stands, for how long and how large it is, and when it was taken", () => {
  expect(LANGUAGES.map((language) => yardLeftObject.sentence(left, language))).toEqual([
    "Залишений предмет у кадрі: стоїть нерухомо 22 с, займає 0,1 % кадру.",
    "Оставленный предмет в кадре: стоит неподвижно 22 с, занимает 0,1 % кадра.",
    "An object left in view: still for 22 s, 0.1 % of the picture.",
  ]);
  const taken = { ...left, zone: "арка", ended: "undone" } as const;
  expect(LANGUAGES.map((language) => yardLeftObject.sentence(taken, language))).toEqual([
    "Залишений предмет у зоні «арка»: стоїть нерухомо 22 с, займає 0,1 % кадру, потім прибрано.",
    "Оставленный предмет в зоне «арка»: стоит неподвижно 22 с, занимает 0,1 % кадра, затем убрано.",
    "An object left in zone “арка”: still for 22 s, 0.1 % of the picture, then taken away.",
  ]);
});

test("how long it stands, how large it is and how it ends are no part of its identity", () => {
  const later = { ...left, until: "2026-11-22T06:19:00.000Z", area: 0.002, ended: "settled" } as const;
  expect(yardLeftObject.identity(later)).toEqual(yardLeftObject.identity(left));
  expect(yardLeftObject.measures(left)).toEqual({ duration_s: 22 });
});
