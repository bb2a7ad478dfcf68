import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardRemovedObject } from "./yard-removed-object.ts";

const box: [number, number, number, number] = [0.5, 0.53, 0.52, 0.58];
const removed = {
  camera: "yard-1",
  rule: "removed-object",
  zone: "all",
  region: "1795414504120-7760",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:36.120Z",
  box,
  area: 0.0204,
};

test("says where something is gone from, since when and how large it was, and when it is back", () => {
  expect(LANGUAGES.map((language) => yardRemovedObject.sentence(removed, language))).toEqual([
    "Зник предмет у кадрі: місце порожнє 32 с, це 2 % кадру.",
    "Исчез предмет в кадре: место пусто 32 с, это 2 % кадра.",
    "An object is gone from view: its place empty for 32 s, 2 % of the picture.",
  ]);
  const back = { ...removed, zone: "арка", ended: "undone" } as const;
  expect(yardRemovedObject.sentence(back, "uk")).toBe(
    "Зник предмет у зоні «арка»: місце порожнє 32 с, це 2 % кадру, потім повернуто.",
  );
});

test("what is learnt later is no part of its identity, another place is", () => {
  const later = { ...removed, until: "2026-11-22T06:19:00.000Z", ended: "lost" } as const;
  expect(yardRemovedObject.identity(later)).toEqual(yardRemovedObject.identity(removed));
  expect(yardRemovedObject.identity({ ...removed, region: "x" })).not.toEqual(
    yardRemovedObject.identity(removed),
  );
});
