import { expect, test } from "vitest";
import { run } from "../testing.ts";

test.for([
  {
    argv: ["soak", "nothing"],
    says: /there is town, spine, cameras, decoders, transit, contract, tamper, region, no "nothing"/,
  },
  { argv: ["soak", "town", "--minutes", "soon"], says: /--minutes must be a number/ },
  { argv: ["soak", "spine", "--share", "0"], says: /--share must be a number above 0/ },
  { argv: ["soak"], says: /usage: \.\/yardline soak/ },
])("$argv is refused in one line", async ({ argv, says }) => {
  const { code, err } = await run(...argv);
  expect({ code, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
  expect(err).toMatch(says);
});
