import { expect, test } from "vitest";
import { facetQuestion, facetValues, toggled, withoutIds } from "./facets.ts";
import { askedAs } from "./question.ts";

const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };

test("what is chosen comes first, and stays when nothing has it", () => {
  const values = [
    { value: "dog", count: 6 },
    { value: "car", count: 3 },
  ];
  expect(facetValues({ values, others: 0 }, ["bus", "car"])).toEqual([
    { value: "bus", count: 0, isChosen: true },
    { value: "car", count: 3, isChosen: true },
    { value: "dog", count: 6, isChosen: false },
  ]);
});

test("a line is told by its name, not by its id too", () => {
  const values = [
    { value: "r1", count: 6 },
    { value: "1", count: 6 },
  ];
  expect(withoutIds({ values, others: 1 }, new Set(["r1"]))).toEqual({ values: [values[1]], others: 1 });
});

test("a choice is written into the text, and taken out of it", () => {
  const label = (text: string, value: string) =>
    toggled(text, { field: "label", value, language: "uk" }, NOW);
  expect(label("вчора сумка", "dog")).toBe("вчора сумка мітка:собака");
  expect(label("мітка:собака", "car")).toBe("мітка:собака,автомобіль");
  expect(label("label:dog,car", "dog")).toBe("мітка:автомобіль");
  expect(label("label:dog zone:x", "dog")).toBe("zone:x");
});

test("a field's own choice does not narrow its counts, and all of them are of one time", () => {
  const text = "label:dog zone:x last 24 hours";
  const asked = askedAs(text, NOW);
  if (!asked.ok) throw new Error("understood");
  const { question } = asked;
  expect(facetQuestion(text, "label", question, { ...NOW, now_ms: NOW.now_ms + 5_000 })).toEqual({
    ...question,
    q: "zone:x",
  });
  expect(facetQuestion(text, "camera", question, NOW)).toBe(question);
});
