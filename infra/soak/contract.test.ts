import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fetchSchemathesis } from "./schemathesis.ts";

const ROOT = join(import.meta.dirname, "../..");
const missing = fetchSchemathesis(ROOT) === undefined;

// The long run is `./yardline soak contract`: here one request by chance of everything, another one each time.
test.skipIf(missing)(
  "a tester of others, as everybody, finds no failure of ours and no answer but as described (needs schemathesis of PyPI)",
  { timeout: 600_000 },
  async () => {
    const seed = `${1 + (Date.now() % 1_000_000)}`;
    const run = spawn(process.execPath, ["infra/soak/contract.ts", "0.02", seed], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    const [code] = await once(run, "close");
    process.stdout.write(said);
    expect({ code, said }).toMatchObject({ code: 0 });
    for (const who of ["resident", "dispatcher", "planner", "administrator", "privacy-officer", "operator"])
      expect(said).toMatch(new RegExp(`ok +${who}: \\d{2,} operations, \\d{2,} cases`));
  },
);
