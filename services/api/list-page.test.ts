import fc from "fast-check";
import { expect, test } from "vitest";
import { pageOf } from "./list-page.ts";

test("what stays in a list comes once however it changes between pages", () => {
  const names = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(names, names, names, fc.integer({ min: 1, max: 7 }), (kept, before, after, limit) => {
      const coming = after.filter((name) => !kept.includes(name));
      const going = before.filter((name) => !kept.includes(name) && !coming.includes(name));
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let turn = 0; turn === 0 || cursor !== undefined; turn++) {
        const now = [...kept, ...(turn % 2 === 0 ? going : coming)];
        const page = pageOf(now, { limit, ...(cursor !== undefined && { cursor }) }, (name) => name);
        seen.push(...page.items);
        cursor = page.cursor;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((name) => kept.includes(name))).toEqual([...kept].sort());
    }),
  );
});

test("the last page has no cursor, also when it is full; a cursor of nothing goes on after nothing", () => {
  const page = (limit: number, cursor?: string) =>
    pageOf(["b", "a"], { limit, ...(cursor !== undefined && { cursor }) }, (name) => name);
  expect(page(2)).toEqual({ items: ["a", "b"] });
  expect(page(1)).toEqual({ items: ["a"], cursor: "YQ" });
  expect(page(1, "YQ")).toEqual({ items: ["b"] });
  expect(page(1, "~~~")).toEqual({ items: ["a"], cursor: "YQ" });
});
