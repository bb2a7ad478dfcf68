import { expect, test } from "vitest";
import { cameraTurned } from "./camera-turned.ts";
import { LANGUAGES } from "./event-type.ts";

const turned = { camera: "square", view: "The gate", at: "2026-11-30T08:00:00.000Z" };

test("says which camera was turned where; each turn is an occurrence of its own", () => {
  expect(LANGUAGES.map((language) => cameraTurned.sentence(turned, language))).toEqual([
    "Камеру «square» повернуто: «The gate».",
    "Камера «square» повёрнута: «The gate».",
    "Camera “square” was turned to “The gate”.",
  ]);
  expect(cameraTurned.identity(turned)).toEqual({ anchor_ms: Date.parse(turned.at), key: ["square"] });
});
