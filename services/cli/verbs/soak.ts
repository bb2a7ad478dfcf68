import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Step, setUp } from "../set-up.ts";
import { defineVerb, optionalFlag, UsageError } from "../verb.ts";

type Given = {
  readonly minutes: string;
  readonly share: string;
  readonly seed: string;
  readonly parts: readonly string[];
};
type Soak = { readonly steps: readonly Step[]; args(given: Given): readonly string[] };

/** Long runs on real components; CI runs each shortened. */
const SOAKS: Readonly<Record<string, Soak>> = {
  town: { steps: ["detector", "page"], args: ({ minutes }) => [minutes] },
  spine: { steps: [], args: ({ share, seed, parts }) => [share, seed, ...parts] },
  cameras: { steps: ["detector", "page"], args: ({ minutes, parts }) => [minutes, ...parts] },
  decoders: { steps: [], args: ({ minutes, seed, parts }) => [minutes, seed, ...parts] },
  transit: { steps: [], args: ({ share, seed, parts }) => [share, seed, ...parts] },
  contract: { steps: ["detector", "page"], args: ({ share, seed, parts }) => [share, seed, ...parts] },
  tamper: { steps: [], args: ({ share, seed }) => [share, seed] },
  region: { steps: ["detector", "page"], args: ({ minutes }) => [minutes] },
};
const NAMES = Object.keys(SOAKS);

/** Runs one of the long runs and prints what it measured. */
export const soak = defineVerb({
  name: "soak",
  summary: "Runs a long run on real components and prints what it measured.",
  usage: `${NAMES.join("|")} [--minutes N] [--share N --seed N] [PART …]`,
  example: "./yardline soak town --minutes 10",
  flags: {
    minutes: { type: "string", help: "town, cameras, decoders, region: how long it runs (10)." },
    share: {
      type: "string",
      help: "spine, transit, contract, tamper: which part of the whole run, as 0.1 (1).",
    },
    seed: {
      type: "string",
      help: "spine, decoders, transit, contract, tamper: of its chances; printed, so that a run can be run again.",
    },
  },
  positionals: { min: 1, max: 10 },
  async run(asked, world) {
    const [name = "", ...parts] = asked.positionals;
    const chosen = SOAKS[name];
    if (!chosen) throw new UsageError(`soak: there is ${NAMES.join(", ")}, no "${name}"`);
    const number = (flag: string, usual: number): string => {
      const value = Number(optionalFlag(asked, flag) ?? usual);
      if (!(value > 0)) throw new UsageError(`soak: --${flag} must be a number above 0`);
      return `${value}`;
    };
    const given = {
      minutes: number("minutes", 10),
      share: number("share", 1),
      seed: number("seed", 1 + (Math.floor(world.clock.now_ms()) % 1_000_000)),
      parts,
    };
    await setUp(world, chosen.steps);
    const file = join(world.root, "infra/soak", `${name}.ts`);
    const child = spawn(process.execPath, [file, ...chosen.args(given)], {
      cwd: world.root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    world.signal.addEventListener("abort", () => child.kill("SIGTERM"));
    const [code] = await once(child, "close");
    return typeof code === "number" ? code : 1;
  },
});
