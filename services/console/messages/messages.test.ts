import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import type { Language } from "../api/types.ts";
import type { Message } from "./message.ts";
import { createTranslate, LANGUAGES, loadMessages, localeOf, pickLanguage } from "./translate.ts";

const [uk, ru, en] = await Promise.all((["uk", "ru", "en"] as const).map(loadMessages));
if (!uk || !ru || !en) throw new Error("A language has no texts.");
const MESSAGES = { uk, ru, en };

const root = join(import.meta.dirname, "..");
const keysOf = (language: Language) => Object.keys(MESSAGES[language]).sort();

describe("the page's texts", () => {
  test("every key stands in every language", () => {
    expect(keysOf("ru")).toEqual(keysOf("uk"));
    expect(keysOf("en")).toEqual(keysOf("uk"));
  });

  test("every key is used, and every used one exists", () => {
    const folders = readdirSync(root).filter((name) => !/^(?:node_modules|dist|testing)$/.test(name));
    const paths = folders.flatMap((name) =>
      /\./.test(name)
        ? name
        : readdirSync(join(root, name), { recursive: true, encoding: "utf8" }).map((path) =>
            join(name, path),
          ),
    );
    const sources = paths
      .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"))
      .map((path) => readFileSync(join(root, path), "utf8"));
    const used = new Set(sources.flatMap((text) => text.match(/"[a-z0-9._-]+"/gi) ?? []));
    expect(keysOf("uk").filter((key) => !used.has(`"${key}"`))).toEqual([]);
  });

  test.each(LANGUAGES)(
    "$name: every message parses, asks for the same values, and knows all plural forms",
    ({ language }) => {
      const wanted = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories.toSorted();
      for (const [key, message] of Object.entries(MESSAGES[language])) {
        const shape = shapeOf(message, localeOf(language));
        expect({ key, names: shape.names }).toEqual({
          key,
          names: shapeOf(MESSAGES.uk[key as keyof typeof MESSAGES.uk], "uk").names,
        });
        for (const forms of shape.plurals) expect({ key, forms }).toEqual({ key, forms: wanted });
      }
    },
  );
});

test("plurals follow the language", () => {
  const said = (language: Language) =>
    [1, 3, 5, 21].map((count) => createTranslate(language, MESSAGES[language])("hours", { count }));
  expect(said("uk")).toEqual(["1 година", "3 години", "5 годин", "21 година"]);
  expect(said("ru")).toEqual(["1 час", "3 часа", "5 часов", "21 час"]);
  expect(said("en")).toEqual(["1 hour", "3 hours", "5 hours", "21 hours"]);
});

test("the language is the remembered one, else the browser's first that we speak, else Ukrainian", () => {
  expect(pickLanguage("en", ["ru"])).toBe("en");
  expect(pickLanguage(null, ["de-DE", "ru-UA", "en"])).toBe("ru");
  expect(pickLanguage("xx", ["de"])).toBe("uk");
});

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

/** The values that a message asks for, and the forms of each plural in it. */
function shapeOf(message: Message, locale: string) {
  const names = new Set<string>();
  const plurals: string[][] = [];
  const visit = (elements: readonly Element[]) => {
    for (const element of elements) {
      // 1 to 6 are argument, number, date, time, select and plural of the parser's own numbering.
      if (element.type >= 1 && element.type <= 6 && "value" in element) names.add(String(element.value));
      if (!("options" in element)) continue;
      if (element.type === 6) plurals.push(Object.keys(element.options).sort());
      for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, locale).getAst());
  return { names: [...names].sort(), plurals };
}
