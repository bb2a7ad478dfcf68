import { expect, test } from "vitest";
import { suggestionsFor, withSuggestion } from "./suggestions.ts";

const KNOWN = { zone: ["майданчик", "дитячий майданчик"], camera: ["yard"], route: ["12А"] };
const HISTORY = ["label:dog yesterday", "зона:парк"];
const offered = (text: string, caret = text.length) =>
  suggestionsFor(text, caret, { known: KNOWN, language: "uk", history: HISTORY });
const texts = (text: string) => offered(text).map((each) => each.text);
/** What stands there when the first thing offered is taken; the bar is the caret. */
function taken(text: string, caret = text.length): string {
  const [first] = offered(text, caret);
  if (!first) return text;
  const after = withSuggestion(text, first);
  return `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`;
}

test("an empty box offers what was asked before, then the fields", () => {
  expect(texts("").slice(0, 4)).toEqual(["label:dog yesterday", "зона:парк", "мітка:", "зона:"]);
});

test.each([
  ["зон", "зона:|"],
  ["зона:дит", 'зона:"дитячий майданчик" |'],
  ["route:12a", "route:12А |"],
  ["camera:y зона:x", "camera:y зона:x", 15],
  ["lab zone:x", "label:| zone:x", 3],
  ["label:person,со", "label:person,собака |"],
  ["вч", "вчора |"],
])("%s: %s", (text, wanted, caret = text.length) => {
  expect(taken(text, caret)).toBe(wanted);
});

test("what was asked before and holds what is typed comes last, and takes the place of all", () => {
  const last = offered("парк").at(-1);
  expect(last).toEqual({ text: "зона:парк", kind: "asked", from: 0, to: 4 });
  expect(last && withSuggestion("парк", last).text).toBe("зона:парк");
});
