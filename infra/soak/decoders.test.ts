import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { FEED_FORMATS } from "@yardline/sources/feeds/feeds";
import { TRACKER_PROTOCOLS } from "@yardline/sources/trackers/protocols";
import { expect, test } from "vitest";
import { decodersNamed, seedOf } from "./fuzz-decoders.ts";

const NAMES = [...TRACKER_PROTOCOLS, ...FEED_FORMATS].map(({ name }) => name);
const ROOT = join(import.meta.dirname, "../..");

test("the same seed makes the same input", () => {
  for (const { fuzz } of decodersNamed(["egts", "hfp"]))
    expect(fuzz(seedOf(7, 3))).toEqual(fuzz(seedOf(7, 3)));
  expect(decodersNamed([]).map(({ name }) => name)).toEqual(NAMES);
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
  for (const name of NAMES) expect(said).toMatch(new RegExp(`ok +${name} `));
});
