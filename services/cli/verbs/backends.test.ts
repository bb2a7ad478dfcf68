import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run, testWorld } from "../testing.ts";
import { backends } from "./backends.ts";

test.for([
  { argv: ["backends"], says: /usage: \.\/yardline backends start\|stop\|status/ },
  { argv: ["backends", "restart"], says: /there is start, stop and status, no "restart"/ },
  { argv: ["backends", "start", "mysql"], says: /there is kafka, elasticsearch, postgres, no "mysql"/ },
])("$argv is refused in one line", async ({ argv, says }) => {
  const { code, err } = await run(...argv);
  expect({ code, lines: err.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
  expect(err).toMatch(says);
});

test.for([
  ["status", "does not run"],
  ["stop", "did not run"],
] as const)("where nothing was started, %s says so", async ([word, says]) => {
  const root = await mkdtemp(join(tmpdir(), "yardline-verb-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const { world, said } = testWorld();
  expect(await backends.run({ flags: {}, positionals: [word] }, { ...world, root })).toBe(0);
  expect(said.out.trimEnd().split("\n").toSorted()).toEqual([
    `elasticsearch  ${says}`,
    `kafka          ${says}`,
    `postgres       ${says}`,
  ]);
});
