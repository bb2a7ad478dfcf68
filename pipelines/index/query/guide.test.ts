import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseQuery } from "./parse.ts";
import { printQuery } from "./print.ts";
import { allNames, FIELD_NAMES } from "./words.ts";

/** What people read about the language is what it does. */
const guide = readFileSync(new URL("../../../infra/guide/search.md", import.meta.url), "utf8");
const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };

const EXAMPLES = [...guide.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|$/gm)].map(
  ([, typed = "", understood = ""]) => ({
    typed,
    understood,
  }),
);

test("the guide has ten questions", () => {
  expect(EXAMPLES).toHaveLength(10);
});

test.for(EXAMPLES)("$typed", ({ typed, understood }) => {
  const parsed = parseQuery(typed, NOW);
  expect(parsed.ok && printQuery(parsed.query, NOW)).toBe(understood);
  expect(parseQuery(understood, NOW)).toEqual(parsed);
});

test("the guide names every field but the one that is refused", () => {
  const missing = Object.entries(FIELD_NAMES).filter(
    ([, names]) => !allNames(names).some((name) => guide.includes(`\`${name}`)),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});
