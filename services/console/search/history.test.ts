import { expect, test } from "vitest";
import { type History, historyLike, parseHistory, withAsked } from "./history.ts";

test("what is asked again comes to the top, and so many are kept", () => {
  expect(["a", "b", " a ", ""].reduce(withAsked, [] as History)).toEqual(["a", "b"]);
  const many = Array.from({ length: 30 }, (_, at) => `q${at}`).reduce(withAsked, [] as History);
  expect([many.length, many[0]]).toEqual([20, "q29"]);
});

test("what was typed finds its like, but not itself", () => {
  expect(historyLike(["label:dog", "мітка:Собака", "dog"], "dog", 5)).toEqual(["label:dog"]);
  expect(historyLike(["a", "b", "c"], "", 2)).toEqual(["a", "b"]);
});

test.each([[null], ["{"], ['{"a":1}'], ["[1,2]"]])("%s is an empty history", (kept) => {
  expect(parseHistory(kept)).toEqual([]);
});
