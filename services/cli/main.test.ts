import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "./testing.ts";
import { VERBS } from "./verbs.ts";

test("help lists every verb", async () => {
  const { code, out } = await run("help");
  expect(code).toBe(0);
  for (const { name, summary } of VERBS) expect(out).toMatch(new RegExp(`${name} +${summary.slice(0, 20)}`));
});

test("an unknown verb is one line and exit code 2", async () => {
  expect(await run("fly")).toEqual({
    code: 2,
    out: "",
    err: 'yardline: there is no "fly"; ./yardline help lists what there is\n',
  });
});

test.for(VERBS)("$name --help shows its example", async ({ name, example }) => {
  const { code, out } = await run(name, "--help");
  expect({ code, shown: out.includes(example) }).toEqual({ code: 0, shown: true });
});

test.for(VERBS)("$name refuses an unknown flag in one line with exit code 2", async ({ name }) => {
  const { code, err } = await run(name, "--no-such-flag");
  expect({ code, lines: err.split("\n").length }).toEqual({ code: 2, lines: 2 });
});

test.skipIf(!existsSync("/dev/full"))(
  "what cannot be written to standard output is one line and exit code 1",
  () => {
    const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), "help"], {
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^yardline: .* cannot be written: ENOSPC.*\n$/),
    ]);
  },
);
