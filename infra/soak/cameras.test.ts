import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

// The long run is `./yardline soak cameras`: here four cameras, one of them masked; memory tells nothing in so short a time.
test.skipIf(!existsSync(join(ROOT, "../shared/data")))(
  "a shortened soak run: every camera is watched, nothing is missing from a recording without a reason",
  { timeout: 300_000 },
  async () => {
    const run = spawn(process.execPath, ["infra/soak/cameras.ts", "0.6", "4"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    await once(run, "close");
    expect(said).toMatch(/ok {3}4 of 4 cameras are watched at the end/);
    expect(said).toMatch(/ok {3}longest gap in a recording without a reason/);
  },
);
