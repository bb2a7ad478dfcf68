import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSearch, parseSearch } from "./search-view.ts";

test("every search comes back from its own address", () => {
  const view = fc.record(
    {
      q: fc.string({ unit: "grapheme" }),
      show: fc.constantFrom("list", "map"),
      open: fc.string({ minLength: 1 }),
    },
    { requiredKeys: ["q", "show"] },
  );
  fc.assert(
    fc.property(view, (wanted) => {
      expect(parseSearch(formatSearch(wanted))).toEqual(wanted);
    }),
  );
  expect(formatSearch({ q: "", show: "list" })).toBe("");
});
