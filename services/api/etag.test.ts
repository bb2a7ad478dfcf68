import { expect, test } from "vitest";
import { etagOf, isNotModified } from "./etag.ts";

test("the same bytes have the same tag, as text and as bytes", () => {
  expect(etagOf("Ринок")).toBe(etagOf(new TextEncoder().encode("Ринок")));
  expect(etagOf("a")).not.toBe(etagOf("b"));
  expect(etagOf("a")).toMatch(/^"[\w-]{27}"$/);
});

test.for([
  { header: undefined, known: false },
  { header: '"x"', known: true },
  { header: 'W/"x"', known: true },
  { header: '"y", "x"', known: true },
  { header: "*", known: true },
  { header: '"y"', known: false },
  { header: "x", known: false },
])("If-None-Match: $header", ({ header, known }) => {
  expect(isNotModified(header, '"x"')).toBe(known);
});
