import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CATALOGUE, facetsOf, findEntryOf, measuresOf, sentenceOf } from "./catalogue.ts";
import { FACETS, LANGUAGES, MEASURES } from "./event-type.ts";
import { occurrenceOf } from "./identity.ts";
import { readEvent } from "./read-event.ts";
import { writeEvent } from "./write-event.ts";

const room = import.meta.dirname;

/** The statement recorded when a version of a type was released; kept for ever. */
function recorded(type: string, version: number) {
  return readEvent(readFileSync(join(room, "fixtures", `${type}.v${version}.json`)));
}

test("every file that defines a kind of event is in the catalogue, once", () => {
  const defined = globSync("*.ts", { cwd: room })
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(room, file), "utf8"))
    .flatMap((text) => /= defineEventType\(\{\s+type: "([^"]+)"/.exec(text)?.[1] ?? []);
  expect(CATALOGUE.map(({ type }) => type).toSorted()).toEqual(defined.toSorted());
});

test("no recorded example is of a type that left the catalogue", () => {
  const examples = globSync("*.json", { cwd: join(room, "fixtures") });
  const types = new Set(CATALOGUE.map(({ type }) => type));
  expect(examples.filter((file) => !types.has(file.replace(/\.v\d+\.json$/, "")))).toEqual([]);
});

describe.for(CATALOGUE)("$type", (entry) => {
  const { type, version, retention, data } = entry;
  const versions = Array.from({ length: version }, (_, index) => index + 1);

  test.for(versions)("version %i has a recorded example that still reads", (each) => {
    const event = recorded(type, each);
    expect([event.type, event.dataschema]).toEqual([type, `urn:yardline:${type}:v${each}`]);
  });

  test("its example is what a writer of today writes", () => {
    const event = recorded(type, version);
    expect(readEvent(writeEvent(event))).toEqual(event);
    expect(findEntryOf(event)).toBe(entry);
  });

  test("its identity gives the example's occurrence", () => {
    const { source, occurrence, data: facts } = recorded(type, version);
    expect(occurrenceOf(source, type, entry.identity(facts))).toBe(occurrence);
  });

  test("it says something in each language", () => {
    const sentences = LANGUAGES.map((language) => sentenceOf(recorded(type, version), language));
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^\p{Lu}.+[.]$/u);
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object/);
    }
    expect(new Set(sentences).size).toBe(LANGUAGES.length);
  });

  test("its life times are stated and its personal fields exist", () => {
    expect(retention.skeleton_days).toBeGreaterThan(0);
    expect(retention.media_h > 0).toBe(entry.media);
    expect(retention.personal_h > 0).toBe(retention.personal.length > 0);
    expect(retention.personal_h).toBeLessThanOrEqual(retention.skeleton_days * 24);
    expect(retention.personal.filter((field) => !(field in data.properties))).toEqual([]);
    expect(["public", "dispatcher", "planner"]).toContain(entry.audience);
  });

  test("its names are words and its measures numbers, under the names that there are", () => {
    const event = recorded(type, version);
    const [facets, measures] = [facetsOf(event), measuresOf(event)];
    for (const name of Object.values(facets).flat()) expect(name).toMatch(/\S/);
    for (const measure of Object.values(measures)) expect(Number.isFinite(measure)).toBe(true);
    expect(Object.keys(facets).filter((name) => !FACETS.some((each) => each === name))).toEqual([]);
    expect(Object.keys(measures).filter((name) => !MEASURES.some((each) => each === name))).toEqual([]);
  });
});

test("an event of a type that this release does not know has no names, no measures and its type for a sentence", () => {
  const event = {
    ...recorded("camera.lost", 1),
    type: "yard.barking",
    dataschema: "urn:yardline:yard.barking:v1",
  };
  expect([facetsOf(event), measuresOf(event)]).toEqual([{}, {}]);
  expect(sentenceOf(event, "uk")).toBe("yard.barking");
});
