import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { ALERT_TEMPLATES, alertTexts, findTemplateTrouble, LANGUAGES } from "./alert-templates.ts";

const VALUES = {
  ...{ line: "12", stop: "Ринок", from: "Ринок", to: "Вокзал", place: "навпроти аптеки" },
  ...{ minutes: 5, trips: 2, until_at: "2026-03-01T16:00:00Z" },
};

const EVERY = Object.entries(ALERT_TEMPLATES);

test.for(EVERY)("%s: says every value in every language", ([name, template]) => {
  const values = Object.fromEntries(template.values.map((each) => [each, VALUES[each]]));
  expect(findTemplateTrouble({ template: name, values })).toBeUndefined();
  const { header, description } = alertTexts({ template: name, values }, "Europe/Kyiv");
  for (const language of LANGUAGES) {
    const said = `${header[language]} ${description?.[language] ?? ""}`;
    const unsaid = template.values.filter(
      (each) => !said.includes(each === "until_at" ? "18:00" : `${VALUES[each]}`),
    );
    expect({ language, unsaid }).toEqual({ language, unsaid: [] });
  }
});

test.for(EVERY)("%s: knows all plural forms of each language", ([, { header }]) => {
  for (const language of LANGUAGES) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const ast = JSON.stringify(new IntlMessageFormat(header[language], language).getAst());
    const plurals = [...ast.matchAll(/"options":(\{.*?\}\})/g)].map(([plural]) => plural);
    expect(plurals.flatMap((plural) => forms.filter((form) => !plural.includes(`"${form}"`)))).toEqual([]);
  }
});

test("one, two and five in each language; no text of a value is taken for markup or for a message", () => {
  const headers = [1, 2, 5].map(
    (minutes) => alertTexts({ template: "delays", values: { line: "<b>{x}", minutes } }, "UTC").header,
  );
  expect(headers.map(({ uk }) => uk)).toEqual([
    "Маршрут <b>{x}: затримки до 1 хвилини",
    "Маршрут <b>{x}: затримки до 2 хвилин",
    "Маршрут <b>{x}: затримки до 5 хвилин",
  ]);
  expect(headers.map(({ en }) => en)).toEqual([
    "Line <b>{x}: delays of up to 1 minute",
    "Line <b>{x}: delays of up to 2 minutes",
    "Line <b>{x}: delays of up to 5 minutes",
  ]);
});

test.for([
  { template: "storm", values: {}, trouble: /^There is no template "storm"/ },
  { template: "delays", values: { line: "1" }, trouble: /needs minutes/ },
  { template: "line-suspended", values: { line: "1", driver: "Ivan" }, trouble: /knows no driver/ },
  { template: "delays", values: { line: "1", minutes: "five" }, trouble: /must be a number/ },
  { template: "stop-closed", values: { stop: "A", until_at: "soon" }, trouble: /must be an instant/ },
])("$template $values: $trouble", ({ trouble, ...asked }) => {
  expect(findTemplateTrouble(asked)).toMatch(trouble);
});
