import { expect, test } from "vitest";
import { run } from "../testing.ts";

test.for([
  { argv: ["run"], code: 2, says: /usage: \.\/yardline run edge\|trackers/ },
  {
    argv: ["run", "everything", "--config", "town.yaml"],
    code: 2,
    says: /there is edge, .* no "everything"/,
  },
  { argv: ["run", "indexer"], code: 2, says: /give --config the path of a town\.yaml/ },
  { argv: ["run", "indexer", "--config", "nowhere.yaml"], code: 1, says: /Cannot read nowhere\.yaml/ },
])("$argv is refused in one line", async ({ argv, code, says }) => {
  const ended = await run(...argv);
  expect({ code: ended.code, lines: ended.err.trimEnd().split("\n").length }).toEqual({ code, lines: 1 });
  expect(ended.err).toMatch(says);
});
