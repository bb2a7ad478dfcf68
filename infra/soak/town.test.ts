import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const MINUTES = "0.75";

// The long run is `./yardline soak town`: here its first faults only, since latency means nothing beside other tests.
test.skipIf(!existsSync(join(ROOT, "../shared/data")))(
  "a shortened soak run: killed, restarted, cameras lost and found, decoder frozen, secret kept",
  { timeout: 300_000 },
  async () => {
    const run = spawn(process.execPath, ["infra/soak/town.ts", MINUTES], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    await once(run, "close");
    const failed = said
      .split("\n")
      .filter(
        (line) => line.startsWith("FAIL") && !/found by search|watching after|children gone after/.test(line),
      );
    expect(failed, said).toEqual([]);
    expect(said).toMatch(/ok .*password is in none of/);
  },
);
