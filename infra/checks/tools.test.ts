import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "./tree.ts";

/** A checker's complaint is the failure's message, so that nobody has to run it again to read it. */
test.for([
  { tool: "biome", args: ["check", "--colors=off", "--max-diagnostics=50"] },
  { tool: "tsc", args: ["--pretty", "false"] },
  { tool: "tsc", args: ["--pretty", "false", "-p", "services/console"] },
  { tool: "knip", args: ["--no-progress"] },
])("$tool $args is content", { timeout: 180_000 }, ({ tool, args }) => {
  const run = spawnSync("pnpm", ["exec", tool, ...args], { cwd: ROOT, encoding: "utf8" });
  expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
});
