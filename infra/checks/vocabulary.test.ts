import { LABELS } from "@yardline/domain/detection";
import { isBiometric } from "@yardline/domain/no-biometrics";
import { CATALOGUE } from "@yardline/events/catalogue";
import { FACETS, LANGUAGES, MEASURES } from "@yardline/events/event-type";
import { REPORTED_KINDS } from "@yardline/events/yard-reported";
import { FIELDS } from "@yardline/index/condition";
import { SCENE_RULES } from "@yardline/rules/scene/rules";
import { expect, test } from "vitest";
import { listFiles, readText } from "./tree.ts";

/** Every text in a schema that names something: properties, constants, values of a closed list. */
function namesIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, const: constant, enum: values } = schema as Record<string, unknown>;
  const own = [
    ...(typeof properties === "object" && properties !== null ? Object.keys(properties) : []),
    ...(typeof constant === "string" ? [constant] : []),
    ...(Array.isArray(values) ? values.filter((each) => typeof each === "string") : []),
  ];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
}

/** Ages of fixes and clocks are measured in milliseconds, and tell nothing of anybody. */
const NOT_OF_PEOPLE = new Set(["age_ms"]);
const biometric = (words: readonly string[]) =>
  words.filter((word) => !NOT_OF_PEOPLE.has(word) && isBiometric(word));

test("no label, kind of event, field, rule, report or search term tells who somebody is", () => {
  expect(biometric([...LABELS, ...FACETS, ...MEASURES, ...FIELDS, ...REPORTED_KINDS])).toEqual([]);
  expect(biometric(SCENE_RULES.flatMap(({ kind, options }) => [kind, ...namesIn(options)]))).toEqual([]);
  for (const { type, data } of CATALOGUE)
    expect([type, biometric([type, ...namesIn(data)])]).toEqual([type, []]);
});

test("a detection, and so a track and an event, can have no label but these", () => {
  expect(LABELS).toEqual(["person", "bicycle", "car", "motorcycle", "bus", "truck", "dog"]);
});

test("no sentence calls a picture anonymous, and none promises what no software can", () => {
  const banned =
    /anonym|анонім|аноним|GDPR[- ](?:compliant|certified)|КСЗІ|detects criminals|predicts crime/i;
  const pages = listFiles().filter((path) =>
    /^services\/console\/messages\/[a-z]+\.json$|^pipelines\/(?:events|privacy)\/[^/]+\.ts$/.test(path),
  );
  expect(pages.length).toBeGreaterThan(50);
  expect(pages.filter((path) => !path.endsWith(".test.ts") && banned.test(readText(path)))).toEqual([]);
  expect(LANGUAGES).toEqual(["uk", "ru", "en"]);
});
