import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { glob, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { prepareModels } from "@yardline/models/prepare";
import type { World } from "./verb.ts";

/** What has to be made once on this machine before a verb can run. */
export type Step = "detector" | "page";

export const PAGE_DIR = "services/console/dist";

/** Makes what is missing or older than its sources, telling each step on the terminal; takes milliseconds when all is there. */
export async function setUp(world: Pick<World, "root" | "stderr">, steps: readonly Step[]): Promise<void> {
  const report = (line: string): void => void world.stderr.write(`yardline: ${line}\n`);
  if (steps.includes("detector")) await prepareModels({ root: world.root, report });
  if (steps.includes("page") && (await pageIsStale(world.root))) {
    report("building the web page …");
    await buildPage(world.root);
  }
}

async function pageIsStale(root: string): Promise<boolean> {
  const built = join(root, PAGE_DIR, "index.html");
  if (!existsSync(built)) return true;
  const built_ms = (await stat(built)).mtimeMs;
  const folder = join(root, "services/console");
  const sources = glob("**/*.{ts,tsx,css,html,json,svg,webmanifest}", {
    cwd: folder,
    exclude: ["dist/**", "node_modules/**", "testing/**"],
  });
  for await (const path of sources) {
    if ((await stat(join(folder, path))).mtimeMs > built_ms) return true;
  }
  return false;
}

async function buildPage(root: string): Promise<void> {
  const child = spawn("pnpm", ["exec", "vite", "build", "--logLevel", "warn"], {
    cwd: join(root, "services/console"),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(child, "close");
  if (code !== 0) {
    throw new AppError("PAGE_BUILD", `The web page could not be built; vite's own words:\n${said.trim()}`);
  }
}
