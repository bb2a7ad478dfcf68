import { parseQuery } from "@yardline/index/query";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stretchesOf, toldProblems } from "./marks.ts";

const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };
const problemsOf = (text: string) => {
  const parsed = parseQuery(text, NOW);
  return parsed.ok ? [] : parsed.problems;
};
const marked = (text: string) =>
  stretchesOf(text, problemsOf(text))
    .map((each) => (each.isWrong ? `[${each.text}]` : each.text))
    .join("");

test.each([
  ["lable:dog zone:a", "[lable]:dog zone:a"],
  ["label:dog (zone:a", "label:dog [(]zone:a"],
  ["state:gone,open near:1", "state:[gone],open [near:1]"],
  ["label:dog", "label:dog"],
])("%s", (text, wanted) => expect(marked(text)).toBe(wanted));

test("whatever is typed, the stretches are the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const whole = stretchesOf(text, problemsOf(text))
        .map((each) => each.text)
        .join("");
      expect(whole.trimEnd()).toBe(text.trimEnd());
    }),
  );
});

test("what the caret stands in is not told yet", () => {
  const problems = problemsOf("lable:dog state:");
  expect(toldProblems(problems, 16).map(({ code }) => code)).toEqual(["field-unknown"]);
  expect(toldProblems(problems, undefined).map(({ code }) => code)).toEqual([
    "field-unknown",
    "value-missing",
  ]);
});
