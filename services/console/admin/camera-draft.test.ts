import { expect, test } from "vitest";
import { changedFields, declarationOf, settingsWith, shapesOf } from "./camera-draft.ts";

const polygon = [
  [0, 0],
  [0.5, 0],
  [0.5, 0.5],
];
const settings = {
  id: "yard",
  name: "Двір",
  url_file: "secret:camera-yard-0a1b2c3d",
  ...{
    purpose: "protection-of-property",
    legal_basis: "public-task",
    controller: "Громада",
    retention_h: 72,
  },
  mask: { form: "burnt-in", polygons: [polygon] },
  sign: { posted_on: "2026-11-20", place: "На воротах", version: "0A1B2C" },
  zones: [{ id: "gate", polygon }],
  lines: [{ id: "in", points: polygon.slice(0, 2), into: "left" }],
  rules: [{ rule: "presence", zone: "gate" }],
};

test("what is read and written again is what was read, with what the page does not know of", () => {
  expect(settingsWith(settings, declarationOf(settings), shapesOf(settings))).toEqual(settings);
});

test("no mask needed takes a reason and no polygons; a reason for keeping longer stands only where there is one", () => {
  const declared = {
    ...declarationOf(settings),
    mask_form: "none-needed",
    mask_reason: "Лише двір громади.",
  };
  const written = settingsWith(settings, { ...declared, retention_reason: " " }, []);
  expect(written["mask"]).toEqual({ form: "none-needed", reason: "Лише двір громади." });
  expect(Object.keys(written)).not.toContain("zones");
  expect(Object.keys(written)).not.toContain("retention_reason");
});

test("settings of another release, or of nothing, cost no page", () => {
  expect(declarationOf({ mask: "burnt", sign: [1] }).mask_form).toBe("");
  expect(
    shapesOf({
      zones: [
        {
          polygon: [
            ["a", 1],
            [1, 2],
          ],
        },
        7,
      ],
      lines: "x",
    }),
  ).toEqual([
    { kind: "zone", id: "", points: [[1, 2]] },
    { kind: "zone", id: "", points: [] },
  ]);
});

test("what somebody else changed is named field by field", () => {
  expect(changedFields(settings, { ...settings, name: "Подвір'я", zones: [] })).toEqual(["name", "zones"]);
});
