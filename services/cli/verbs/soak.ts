import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setUp } from "../set-up.ts";
import { defineVerb, UsageError } from "../verb.ts";

/** Long runs on real components; CI runs each shortened. */
const SOAKS = ["town"] as const;

/** Runs one of the long runs and prints what it measured. */
export const soak = defineVerb({
  name: "soak",
  summary: "Runs a long run on real components and prints what it measured.",
  usage: `${SOAKS.join("|")} [--minutes N]`,
  example: "./yardline soak town --minutes 10",
  flags: { minutes: { type: "string", help: "How long it runs (10)." } },
  positionals: { min: 1, max: 1 },
  async run({ flags, positionals: [name = ""] }, world) {
    if (!SOAKS.some((known) => known === name))
      throw new UsageError(`soak: there is ${SOAKS.join(", ")}, no "${name}"`);
    const minutes = Number(flags["minutes"] ?? 10);
    if (!(minutes > 0)) throw new UsageError("soak: --minutes must be a number above 0");
    await setUp(world, ["detector", "page"]);
    const child = spawn(process.execPath, [join(world.root, "infra/soak", `${name}.ts`), `${minutes}`], {
      cwd: world.root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    world.signal.addEventListener("abort", () => child.kill("SIGTERM"));
    const [code] = await once(child, "close");
    return typeof code === "number" ? code : 1;
  },
});
