import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

// The whole run is `./yardline soak tamper`: here twenty changes of a thousand.
test("whatever byte of a bundle or of the log is changed, it is found; a cut and a forged log with a checkpoint", {
  timeout: 120_000,
}, async () => {
  const run = spawn(process.execPath, ["infra/soak/tamper.ts", "0.02", "7"], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(run, "close");
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said.match(/^ok /gm)).toHaveLength(6);
});
