import { expect, test } from "vitest";
import { counted } from "./plural.ts";

const FORMS = {
  uk: { one: "раз", few: "рази", many: "разів" },
  ru: { one: "раз", few: "раза", many: "раз" },
  en: { one: "time", many: "times" },
} as const;

test.for<[keyof typeof FORMS, string]>([
  ["uk", "0 разів, 1 раз, 2 рази, 5 разів, 11 разів, 21 раз, 22 рази, 25 разів, 111 разів"],
  ["ru", "0 раз, 1 раз, 2 раза, 5 раз, 11 раз, 21 раз, 22 раза, 25 раз, 111 раз"],
  ["en", "0 times, 1 time, 2 times, 5 times, 11 times, 21 times, 22 times, 25 times, 111 times"],
])("%s", ([language, expected]) => {
  const counts = [0, 1, 2, 5, 11, 21, 22, 25, 111];
  expect(counts.map((count) => counted(language, count, FORMS[language])).join(", ")).toBe(expected);
});
