import { spawn } from "node:child_process";
import { once } from "node:events";
import { setUp } from "../set-up.ts";
import { defineVerb } from "../verb.ts";

/** Sets up, then runs every check and test; the last line printed is `N passed, N failed, N skipped`. */
export const test = defineVerb({
  name: "test",
  summary: "Sets up what tests need and runs every check and test.",
  usage: "[PATH…]",
  example: "./yardline test pipelines/bus",
  flags: {},
  positionals: { min: 0, max: 100 },
  async run({ positionals }, world) {
    await setUp(world, ["detector", "page"]);
    const child = spawn("pnpm", ["exec", "vitest", "run", ...positionals], {
      cwd: world.root,
      stdio: ["ignore", "inherit", "inherit"],
      signal: world.signal,
    });
    const [code] = await once(child, "close");
    return typeof code === "number" ? code : 1;
  },
});
