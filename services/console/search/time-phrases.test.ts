import { timeOf } from "@yardline/index/query/edit";
import { expect, test } from "vitest";
import { createTranslate, LANGUAGES, loadMessages } from "../messages/translate.ts";
import { askedAs } from "./question.ts";
import { TIME_PHRASES } from "./time-phrases.ts";

const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };

test.each(LANGUAGES)("$name: every time that is offered is read as a time", async ({ language }) => {
  const t = createTranslate(language, await loadMessages(language));
  const hours = TIME_PHRASES.map((key) => {
    const asked = askedAs(t(key), NOW);
    expect(timeOf(t(key), NOW)).toBe(t(key));
    return asked.ok ? (asked.question.to_ms - asked.question.from_ms) / 3_600_000 : undefined;
  });
  // Within the thirty days the clocks were changed.
  expect(hours).toEqual([1, 14, 24, 24, 168, 721]);
});
