import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const SHARE = "0.08";

// The long run is `./yardline soak transit`: here two hours of the day and sixteen devices.
test("a shortened day of every trouble: no feed breaks a rule, a backlog changes nothing that stands", {
  timeout: 120_000,
}, async () => {
  const run = spawn(process.execPath, ["infra/soak/transit.ts", SHARE, "20260302"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(run, "close");
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said).toMatch(/ok +\d{3} feeds held against 57 rules; breaches: none/);
  expect(said).toMatch(/ok +a day's backlog of 16 devices/);
});
