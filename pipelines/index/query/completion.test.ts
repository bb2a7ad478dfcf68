import fc from "fast-check";
import { expect, test } from "vitest";
import { COMPLETIONS_MAX, completionsAt } from "./completion.ts";
import { parseQuery } from "./parse.ts";

const known = {
  zone: ["дитячий майданчик", "parking", "в'їзд"],
  route: ["7", "12А", "21"],
  stop: ["Ринок", "Площа Ринок", 'ТЦ "Мрія"'],
  label: ["person", "stroller"],
  type: ["yard.presence", "transit.stop-visit"],
};

/** The bar stands where the cursor is. */
function offered(typed: string, language: "uk" | "ru" | "en" = "en") {
  const cursor = typed.indexOf("|");
  const text = typed.replace("|", "");
  const { from, to, options } = completionsAt(text, cursor, { known, language });
  return { replaced: text.slice(from, to), options: options.map((option) => option.text) };
}

test.for<[string, "uk" | "ru" | "en", string, string[]]>([
  ["zo|", "en", "zo", ["zone:"]],
  ["-zo|", "en", "zo", ["zone:"]],
  ["label:person ROU|", "en", "ROU", ["route:"]],
  ["label:person з|", "uk", "з", ["зона:", "зупинка:", "затримка:", "з 18:00"]],
  ["label:person з|", "en", "з", ["зона:", "зупинка:", "затримка:", "з 18:00"]],
  ["ос|", "ru", "ос", ["остановка:", "остання година", "остання доба", "останні 7 днів", "останні 30 днів"]],
  ["x last|", "en", "last", ["last hour", "last day", "last 7 days", "last 30 days"]],
  ["x o|", "en", "o", ["or"]],
  ["o|", "en", "o", []],
  ["(labe|", "en", "labe", ["label:"]],
  ["zone:|", "en", "", ['"дитячий майданчик"', "parking", "в'їзд"]],
  ["zone:май|", "en", "май", ['"дитячий майданчик"']],
  ["зона:вї|", "uk", "вї", ["в'їзд"]],
  ["zone:parking,|", "en", "", ['"дитячий майданчик"', "parking", "в'їзд"]],
  ['stop:"пл|', "en", '"пл', ['"Площа Ринок"']],
  ["stop:тц|", "en", "тц", ['"ТЦ \\"Мрія\\""']],
  ["route:1|", "en", "1", ["12А"]],
  ["label:с|", "uk", "с", ["собака"]],
  [
    "label:|",
    "ru",
    "",
    ["человек", "велосипед", "автомобиль", "мотоцикл", "автобус", "грузовик", "собака", "person", "stroller"],
  ],
  ["severity:|", "en", "", ["info", "notice", "alarm"]],
  ["sort:o|", "en", "o", ["old"]],
  ["delay:>|", "en", ">", [">5m", ">10m"]],
  ["zoen:x|", "en", "x", []],
  ['"zo|', "en", "", []],
  ["zo| label:person", "en", "zo", ["zone:"]],
])("%s", ([typed, language, replaced, options]) => {
  expect(offered(typed, language)).toEqual({ replaced, options });
});

test("at the beginning there are the fields and the times, in the language of the page", () => {
  expect(offered("|", "uk").options).toEqual(
    expect.arrayContaining(["мітка:", "зона:", "сьогодні", "остання доба"]),
  );
  expect(offered("|", "uk").options).not.toContain("або");
  expect(offered("label:person |", "uk").options.length).toBeLessThanOrEqual(COMPLETIONS_MAX);
});

test("wherever the cursor stands, what is offered is short and understood in its place", () => {
  const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };
  const piece = fc.constantFrom(
    "label:",
    "zone:",
    "per",
    "стан:",
    "x",
    " ",
    ",",
    "-",
    "(",
    '"',
    "last",
    "»",
    "\\",
  );
  const typed = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(
      typed,
      fc.integer({ min: -2, max: 40 }),
      fc.constantFrom("uk", "ru", "en"),
      (text, cursor, language) => {
        const { from, to, options } = completionsAt(text, cursor, { known, language });
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(options.length).toBeLessThanOrEqual(COMPLETIONS_MAX);
        for (const { text: option, kind } of options) {
          if (kind === "time") expect(parseQuery(option, NOW)).toMatchObject({ ok: true, query: {} });
          if (kind === "field") expect(option).toMatch(/^\p{L}[\p{L}']*:$/u);
        }
      },
    ),
  );
});
