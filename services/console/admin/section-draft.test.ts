import { expect, test } from "vitest";
import { draftOf, keptDraft, sentOf, WHOLE, withoutSecrets } from "./section-draft.ts";
import { SECTION_FORMS, type SectionForm } from "./sections.ts";

const formOf = (name: string): SectionForm => {
  const form = SECTION_FORMS[name];
  if (!form) throw new Error(`There is no form ${name}.`);
  return form;
};

test.for<[string, unknown]>([
  [
    "town",
    {
      name: "Верба",
      holidays: ["2026-12-25"],
      districts: [{ id: "north", name: "Північний", settlements: [{ name: "Верхня" }] }],
      partners: [{ id: "osbb", name: "ОСББ", gives: [] }],
    },
  ],
  ["evidence", { two_person: true, keep_h: 24 }],
  ["public_vehicle_ids", "rotating"],
  [
    "feeds",
    [{ name: "a", format: "json", url: "https://x/…", header_file: "secret:f", mapping: { vehicles: "$" } }],
  ],
  ["onward", []],
])("what was read and not touched is sent as it was: %s", ([name, value]) => {
  const form = formOf(name);
  expect(sentOf(form, draftOf(form, value))).toEqual({ value, secrets: [] });
});

test("a typed secret goes beside the value, to its place; what is asked no more goes with its choice", () => {
  const form = formOf("feeds");
  const draft = draftOf(form, [{ name: "a", format: "siri-vm", url: "https://x/", every_s: 20, later: 1 }]);
  const [item] = draft.lists[WHOLE] ?? [];
  if (!item) throw new Error("There is no item.");
  const typed = { ...item, texts: { ...item.texts, header_file: " X: 1 ", every_s: "soon" } };
  const sent = sentOf(form, { ...draft, lists: { [WHOLE]: [typed] } });
  expect(sent).toEqual({
    value: [{ later: 1, name: "a", format: "siri-vm", url: "https://x/", every_s: "soon" }],
    secrets: [{ at: "/0/header_file", text: "X: 1" }],
  });
  const other = { ...typed, texts: { ...typed.texts, format: "hfp", broker: "mqtts://m" } };
  expect(sentOf(form, { ...draft, lists: { [WHOLE]: [other] } })).toEqual({
    value: [{ later: 1, name: "a", format: "hfp", broker: "mqtts://m", every_s: "soon" }],
    secrets: [],
  });
  if (form.shape !== "items") throw new Error("Feeds are a list.");
  const kept = withoutSecrets(form.fields, { ...draft, lists: { [WHOLE]: [typed] } });
  expect(JSON.stringify(kept)).not.toContain("X: 1");
  expect(keptDraft(JSON.stringify(kept))).toEqual(kept);
});

test.for([
  undefined,
  "",
  "{",
  "[]",
  '{"texts":{"a":1},"lists":{},"was":{}}',
  '{"texts":{},"lists":{"a":[1]},"was":{}}',
])("what this device kept and is no draft is passed over: %s", (text) =>
  expect(keptDraft(text)).toBeUndefined(),
);
