import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

test("runs what it is told to and ends with the closing line", { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ["services/cli/main.ts", "test", "pipelines/domain"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += String(chunk);
  });
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  expect(printed.trimEnd().split("\n").at(-1)).toMatch(/^\d+ passed, 0 failed, 0 skipped$/);
});
