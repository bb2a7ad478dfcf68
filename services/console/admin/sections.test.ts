import { judgeTownConfig, TownConfig } from "@yardline/town/config";
import { SECTION_NAMES } from "@yardline/town/section-settings";
import { expect, test } from "vitest";
import { type Field, SECTION_FORMS } from "./sections.ts";

/** What no form asks: the tenant is in every event, proofs into folders and on paper are the machine's. */
const NOT_ASKED = new Set(["town/tenant", "audit/key_file", "audit/checkpoints"]);

const partsOf = (schema: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(Object(schema)));

/** Every field below a schema, as `feeds/url`; what JSON is typed for is one field. */
function fieldsOf(schema: unknown, at: string): readonly string[] {
  const { items, anyOf, properties } = partsOf(schema);
  if (items) return fieldsOf(items, at);
  if (Array.isArray(anyOf)) return anyOf.flatMap((branch) => fieldsOf(branch, at));
  return Object.entries(partsOf(properties)).flatMap(([name, inside]) => {
    const place = `${at}/${name}`;
    if (NOT_ASKED.has(place)) return [];
    const deeper = name === "mapping" ? [] : fieldsOf(inside, place);
    return deeper.length > 0 ? deeper : [place];
  });
}

function askedBy(fields: readonly Field[], at: string): readonly string[] {
  return fields.flatMap((field) =>
    field.kind === "items" ? askedBy(field.fields, `${at}/${field.name}`) : [`${at}/${field.name}`],
  );
}

const sorted = (names: readonly string[]) => [...new Set(names)].toSorted();

test("every section that pages may set has its form", () => {
  expect(Object.keys(SECTION_FORMS).toSorted()).toEqual(SECTION_NAMES.toSorted());
});

test.for(SECTION_NAMES)(
  "the form of %s asks for every field of the settings, and for none that there is not",
  (name) => {
    const schema: unknown = TownConfig.properties[name];
    const form = SECTION_FORMS[name];
    if (form?.shape === "choice") {
      const whole = { town: { name: "Town", tenant: "town" } };
      for (const [value] of form.choices) expect(judgeTownConfig({ ...whole, [name]: value })).toEqual([]);
      return;
    }
    expect(sorted(askedBy(form?.fields ?? [], name))).toEqual(sorted(fieldsOf(schema, name)));
  },
);
