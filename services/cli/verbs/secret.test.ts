import { mkdtemp, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../testing.ts";

test("a key is made once, for its owner alone", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "yardline-secret-")), "key");
  expect((await run("secret", "key", path)).code).toBe(0);
  expect(await readFile(path, "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const again = await run("secret", "key", path);
  expect([again.code, again.err]).toEqual([
    1,
    `yardline secret: Cannot make the key file ${path}: it must not be there yet, and its folder must be.\n`,
  ]);
});

test.for([
  ["secret", "shred"],
  ["secret", "key"],
])("%s %s is refused in one line", async (words) => {
  const { code, err } = await run(...words);
  expect([code, err.split("\n").length]).toEqual([2, 2]);
});
