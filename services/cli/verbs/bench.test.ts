import { expect, test } from "vitest";
import { run } from "../testing.ts";

test.for([
  { argv: ["bench", "nothing"], says: /there are spine, api, cameras, transit and console, no "nothing"/ },
  { argv: ["bench", "spine", "--events", "many"], says: /--events must be a number/ },
  { argv: ["bench"], says: /usage: \.\/yardline bench/ },
])("$argv is refused in one line", async ({ argv, says }) => {
  const { code, err } = await run(...argv);
  expect({ code, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
  expect(err).toMatch(says);
});
