import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

// What figures mean is for the long run to tell, `./yardline bench cameras`: here each is there, and nobody was blind.
test.skipIf(!existsSync(join(ROOT, "../shared/data")))(
  "a shortened bench: what a camera costs, how long it is blind (needs ../shared/data)",
  { timeout: 300_000 },
  async () => {
    const run = spawn(process.execPath, ["infra/bench/cameras.ts", "quick"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    const [code] = await once(run, "close");
    expect(code, said).toBe(0);
    for (const name of ["intel-one-by-one-person", "quiet-courtyard"]) {
      expect(said).toMatch(
        new RegExp(`${name}\\.mp4: a camera-second costs decoding \\d.*yolox-nano-416 \\d`),
      );
      expect(said).toMatch(new RegExp(`${name}\\.mp4: cameras a core as measured: \\d`));
    }
    expect(said).toMatch(/recording a camera of 4\.\d+ Mb\/s by copy, of a core as measured: \d/);
    expect(said).toMatch(/ok {3}blind after the first decodable picture/);
    expect(said).toMatch(/ok {3}blind at \d changes? of light/);
  },
);
