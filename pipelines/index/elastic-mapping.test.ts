import { expect, test } from "vitest";
import { FIELDS } from "./condition.ts";
import { documentOf, fieldsOf, lineOf, termOf } from "./elastic-mapping.ts";
import { everyStatement, statementOf } from "./scenes.ts";

test("every field of a document is mapped, and none twice", () => {
  const mapped = Object.keys(fieldsOf());
  const strangers = everyStatement.flatMap((event) =>
    Object.keys(documentOf(event)).filter((field) => !mapped.includes(field)),
  );
  expect(strangers).toEqual([]);
  // A field of the catalogue named as one of ours would have taken its place.
  expect(mapped.filter((field) => FIELDS.some((each) => each === field))).toHaveLength(FIELDS.length);
  expect(fieldsOf()).toMatchObject({
    event: { enabled: false },
    place: { type: "keyword" },
    at: { type: "date" },
  });
});

test("a statement becomes a document of the index that its occurrence and type name", () => {
  const event = statementOf(1, 2);
  const { document, ...line } = lineOf("town", event);
  expect(line).toEqual({
    index: "town-365d-2026.11.09",
    id: event.occurrence,
    version: 2,
    version_type: "external",
  });
  expect(JSON.parse(document)).toMatchObject({
    event,
    type: ["transit.stop-visit"],
    delay_s: 120,
    place: event.place,
  });
});

test("values that are too long for a term stay different and the same", () => {
  const long = "x".repeat(40_000);
  expect(termOf("short")).toBe("short");
  expect(termOf(long)).toBe(termOf(`${long}`));
  expect(termOf(long)).not.toBe(termOf(`${long}x`));
  expect(Buffer.byteLength(termOf("я".repeat(40_000)))).toBeLessThan(32_766);
});
