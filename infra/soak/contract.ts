import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { startDemoBuses } from "@yardline/town/demo/buses";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { pino } from "pino";
import { stringify } from "yaml";
import { freePort } from "../backends/free-port.ts";
import { askAll, fetchSchemathesis } from "./schemathesis.ts";
import { drawClip, playing } from "./testing-cameras.ts";
import { TownProcess } from "./town-process.ts";
import { settingsOf } from "./town-settings.ts";

/**
 * Requests made out of the API's own description by a tester of others, against a town that runs: as a resident and as somebody of each
 * role. Arguments: the share of the whole run (1 is all of it), the seed of its chances, and the roles to ask as (all of them).
 * Prints one line a role: how many operations and cases, and what was a failure of ours or not as described.
 */
const ROOT = join(import.meta.dirname, "../..");
const [share = "1", seed = "1", ...named] = process.argv.slice(2);
const EXAMPLES = 50;
/** Below this share what the description's limits allow and forbid is tried by chance only. */
const COVERAGE_FROM = 0.1;
const PASSWORD = "correct horse battery";
const ROLES = ["resident", "dispatcher", "planner", "administrator", "privacy-officer", "operator"];
/** It ends the session that is asked with. */
const WITHOUT = ["signOut"];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tool = fetchSchemathesis(ROOT);
if (tool === undefined) {
  say("soak contract: schemathesis cannot be fetched here (python3 with pip, and PyPI); nothing was asked");
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), "yardline-soak-contract-"));
say(`soak contract: share ${share}, seed ${seed}, everything of it in ${folder}`);

const demo = buildDemoTown();
await writeFile(join(folder, "gtfs.zip"), await demo.buildGtfs());
await drawClip(join(folder, "clip.ts"), "320x180");
const camera_port = await freePort();
const camera = createServer(playing(join(folder, "clip.ts"))).listen(camera_port, "127.0.0.1");
await writeFile(join(folder, "yard.url"), `http://127.0.0.1:${camera_port}/live.ts`, { mode: 0o600 });
const tracker_port = await freePort();
await writeFile(join(folder, "town.yaml"), stringify(settingsOf(["yard"], tracker_port)));
const town = new TownProcess(ROOT, {
  config: { path: join(folder, "town.yaml"), tenant: "town" },
  folder: join(folder, "data"),
  port: await freePort(),
  log: join(folder, "town.log"),
});
const stop = new AbortController();
let failed = 0;
try {
  await town.start();
  const buses = {
    town: demo,
    port: tracker_port,
    count: 5,
    clock: systemClock,
    log: pino({ level: "silent" }),
  };
  startDemoBuses(buses, stop.signal);
  let cases = 0;
  for (const role of ROLES.filter((each) => named.length === 0 || named.includes(each))) {
    const cookie = role === "resident" ? undefined : await town.cookieOf(role, PASSWORD);
    const found = await askAll(tool, {
      address: town.address,
      ...(cookie !== undefined && { cookie }),
      seed: Number(seed),
      examples: Math.max(1, Math.round(EXAMPLES * Number(share))),
      phases: Number(share) < COVERAGE_FROM ? ["examples", "fuzzing"] : ["examples", "coverage", "fuzzing"],
      without: WITHOUT,
    });
    cases += found.cases;
    if (found.failures !== "") failed += 1;
    say(
      `${found.failures === "" ? "ok  " : "FAIL"} ${role}: ${found.operations} operations, ${found.cases} cases${found.failures}`,
    );
  }
  const { status } = await town.fetch("/v1/town");
  if (status !== 200) failed += 1;
  say(`${status === 200 ? "ok  " : "FAIL"} ${cases} cases in all; after them the town answers ${status}`);
} finally {
  stop.abort();
  await town.stop();
  camera.closeAllConnections();
  camera.close();
}
say(failed === 0 ? "all held" : `${failed} did not hold; the town's log is ${join(folder, "town.log")}`);
if (failed === 0) await rm(folder, { recursive: true });
process.exit(failed === 0 ? 0 : 1);
