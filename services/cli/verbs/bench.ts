import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { defineVerb, optionalFlag, UsageError } from "../verb.ts";

/** Measures how fast something is, beside its budget. */
export const bench = defineVerb({
  name: "bench",
  summary: "Measures on real components how fast something is, beside its budget.",
  usage:
    "spine [bus|elasticsearch|index|history …] [--events N] | api [search|listeners|logins …] [--events N] [--index FOLDER] | cameras [CLIP …] | transit | console",
  example: "./yardline bench spine bus --events 1000000",
  flags: {
    events: { type: "string", help: "spine, api: how many events the embedded index holds (10000000)." },
    index: { type: "string", help: "api: where that index is kept for the next run, instead of nowhere." },
  },
  positionals: { min: 1, max: 9 },
  async run(asked, world) {
    const [name = "", ...parts] = asked.positionals;
    if (!["spine", "api", "cameras", "transit", "console"].includes(name)) {
      throw new UsageError(`bench: there are spine, api, cameras, transit and console, no "${name}"`);
    }
    const events = Number(optionalFlag(asked, "events") ?? 10_000_000);
    if (!(events >= 1)) throw new UsageError("bench: --events must be a number above 0");
    const index = optionalFlag(asked, "index");
    const kept = index === undefined || name !== "api" ? [] : ["--index", resolve(index)];
    const given = name === "spine" || name === "api" ? [`${events}`, ...parts, ...kept] : parts;
    const child = spawn(process.execPath, [join(world.root, `infra/bench/${name}.ts`), ...given], {
      cwd: world.root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    world.signal.addEventListener("abort", () => child.kill("SIGTERM"));
    const [code] = await once(child, "close");
    return typeof code === "number" ? code : 1;
  },
});
