import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { TRACKER_PROTOCOLS } from "@yardline/sources/trackers/protocols";
import { expect, test } from "vitest";
import { fuzzOnce, protocolsNamed, seedOf } from "./fuzz-decoders.ts";

const ROOT = join(import.meta.dirname, "../..");

test("the same seed makes the same input", () => {
  const [protocol] = protocolsNamed(["egts"]);
  if (!protocol) throw new Error("EGTS is one of the protocols.");
  expect(fuzzOnce(protocol, seedOf(7, 3))).toEqual(fuzzOnce(protocol, seedOf(7, 3)));
  expect(protocolsNamed([])).toEqual(TRACKER_PROTOCOLS);
});

// The long run is `./yardline soak decoders`: here a second a decoder.
test("any bytes, made of good messages and of nothing: no decoder throws, hangs or grows", {
  timeout: 120_000,
}, async () => {
  const run = spawn(process.execPath, ["infra/soak/decoders.ts", "0.35", "20260301"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [run.stdout, run.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(run, "close");
  expect({ code, said }).toMatchObject({ code: 0 });
  for (const { name } of TRACKER_PROTOCOLS) expect(said).toMatch(new RegExp(`ok +${name} `));
});
