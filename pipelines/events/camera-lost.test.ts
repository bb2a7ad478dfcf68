import { expect, test } from "vitest";
import { cameraLost } from "./camera-lost.ts";
import { LANGUAGES } from "./event-type.ts";

const lost = { camera: "yard-1", since: "2026-11-22T06:15:04.000Z", why: "ended", attempts: 3 } as const;

test("says which camera is away and why, and how long once it is back", () => {
  expect(LANGUAGES.map((language) => cameraLost.sentence(lost, language))).toEqual([
    "Камера «yard-1» недоступна: з'єднання закрито.",
    "Камера «yard-1» недоступна: соединение закрыто.",
    "Camera “yard-1” is lost: the connection ended.",
  ]);
  const back = { ...lost, until: "2026-11-22T06:15:46.000Z", ended: "returned" } as const;
  expect(cameraLost.sentence(back, "uk")).toBe("Камера «yard-1» недоступна: з'єднання закрито, розрив 42 с.");
});

test("of a camera with two streams it says which one; they are two gaps", () => {
  const sentences = (["main", "sub"] as const).map((stream) =>
    LANGUAGES.map((language) => cameraLost.sentence({ ...lost, stream }, language)),
  );
  expect(sentences).toEqual([
    [
      "Записуваний потік камери «yard-1» недоступний: з'єднання закрито.",
      "Записываемый поток камеры «yard-1» недоступен: соединение закрыто.",
      "The recorded stream of camera “yard-1” is lost: the connection ended.",
    ],
    [
      "Потік для спостереження камери «yard-1» недоступний: з'єднання закрито.",
      "Поток для наблюдения камеры «yard-1» недоступен: соединение закрыто.",
      "The watched stream of camera “yard-1” is lost: the connection ended.",
    ],
  ]);
  const keys = [undefined, "main", "sub"].map(
    (stream) => cameraLost.identity({ ...lost, ...(stream && { stream: stream as "main" }) }).key,
  );
  expect(keys).toEqual([["yard-1"], ["yard-1", "main"], ["yard-1", "sub"]]);
});

test("a gap is named by its camera and its beginning, whatever is learnt later", () => {
  expect(cameraLost.identity({ ...lost, attempts: 9, why: "silent" })).toEqual(cameraLost.identity(lost));
});
