import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "@yardline/domain/time";
import { startDemoBuses } from "@yardline/town/demo/buses";
import { buildDemoTown } from "@yardline/town/demo/demo-town";
import { pino } from "pino";
import { stringify } from "yaml";
import { freezeDecoder, killAndRestart, loseAndFindCamera } from "./faults.ts";
import { followEvents } from "./follow.ts";
import { gapsOf } from "./gaps.ts";
import { sampleMemory } from "./memory.ts";
import { percentile } from "./percentile.ts";
import { cameraClip, sharedData, startRtspServer } from "./rtsp-cameras.ts";
import { searchSecret } from "./secrets.ts";
import { stagesOf } from "./stages.ts";
import { TownProcess } from "./town-process.ts";

/**
 * Two RTSP cameras and twenty simulated buses on one town process: how soon events are found, how much memory it takes, and
 * what becomes of it when its process, its cameras and its decoders are killed or frozen. Prints one line a result.
 */
const ROOT = join(import.meta.dirname, "../..");
const minutes = Number(process.argv[2] ?? 10);
const [RTSP_PORT, TRACKER_PORT, PAGE_PORT] = [18_554, 15_039, 18_080];
const CANARY = "canary-7f3a9d";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), "yardline-soak-"));
const stop = new AbortController();
say(`soak town: ${minutes} min, everything of it in ${folder}`);

const clips = join(sharedData(ROOT), "video/clips");
cameraClip(join(clips, "intel-one-by-one-person.mp4"), join(folder, "walkers.mp4"));
cameraClip(join(clips, "synthetic-courtyard.mp4"), join(folder, "courtyard.mp4"));
const served = { walkers: join(folder, "walkers.mp4"), courtyard: join(folder, "courtyard.mp4") };
let cameras = await startRtspServer(sharedData(ROOT), RTSP_PORT, served);

const demo = buildDemoTown();
await writeFile(join(folder, "gtfs.zip"), await demo.buildGtfs());
for (const id of Object.keys(served)) {
  await writeFile(join(folder, `${id}.url`), `rtsp://viewer:${CANARY}@127.0.0.1:${RTSP_PORT}/${id}\n`, {
    mode: 0o600,
  });
}
await writeFile(join(folder, "town.yaml"), stringify(townOf(Object.keys(served))));

const town = new TownProcess(ROOT, {
  config: { path: join(folder, "town.yaml"), tenant: demo.tenant },
  folder: join(folder, "data"),
  port: PAGE_PORT,
  log: join(folder, "town.log"),
});
let failed = 0;
const check = (holds: boolean, line: string): void => {
  say(`${holds ? "ok  " : "FAIL"} ${line}`);
  if (!holds) failed++;
};

try {
  say(`the town answers after ${Math.round(await town.start())} ms`);
  startDemoBuses(
    { town: demo, port: TRACKER_PORT, count: 20, clock: systemClock, log: pino({ level: "silent" }) },
    stop.signal,
  );
  const memory = sampleMemory(() => town.pid, stop.signal);
  const followed = followEvents(town, stop.signal);
  const third_ms = (minutes * 60_000) / 3;

  await wait(third_ms);
  await killAndRestart(town, followed, check);
  await wait(third_ms / 2);
  cameras = await loseAndFindCamera(
    town,
    cameras,
    () => startRtspServer(sharedData(ROOT), RTSP_PORT, served),
    check,
  );
  await wait(third_ms / 2);
  const frozen_ms = Math.min(60_000, third_ms / 2);
  const frozen = await freezeDecoder(town, frozen_ms, check);
  await wait(third_ms / 2);

  const found_ms = followed.found_ms();
  const [p50, p95] = [0.5, 0.95].map((p) => Math.round(percentile(found_ms, p)));
  check(
    (p95 ?? Number.NaN) <= 1_000,
    `${found_ms.length} stays in view found by search: p50 ${p50} ms, p95 ${p95} ms after the first frame`,
  );
  say(`     stages, p50/p95 after the first frame: ${await stagesOf(join(folder, "town.log"))}`);
  const peak_mb = Math.round(memory.peak_bytes() / 1e6);
  check(
    peak_mb < 1_200,
    `PSS of the process tree: at most ${peak_mb} MB, at the end ${Math.round(memory.last_bytes() / 1e6)} MB`,
  );
  const { places, found } = await searchSecret(town, folder, CANARY);
  check(
    found.length === 0,
    `the cameras' password is in none of ${places} places searched ${found.join(", ")}`,
  );
  await town.stop();
  const { longest_ms } = await gapsOf(
    join(folder, "data"),
    Object.keys(served),
    frozen.from_ms,
    frozen.to_ms,
  );
  check(
    longest_ms < 100,
    `decoder frozen for ${frozen_ms / 1000} s: longest gap in a recording ${longest_ms} ms`,
  );
} finally {
  stop.abort();
  await town.stop();
  await cameras.kill();
}
say(`${failed === 0 ? "all held" : `${failed} did not hold`}; the town's log is ${join(folder, "town.log")}`);
if (failed === 0 && process.env["CI"]) await rm(folder, { recursive: true });
process.exit(failed === 0 ? 0 : 1);

function townOf(ids: readonly string[]) {
  return {
    town: { name: demo.name, tenant: demo.tenant },
    gtfs: { feed: "demo", from: join(folder, "gtfs.zip") },
    trackers: [{ protocol: "wialon-ips", port: TRACKER_PORT }],
    unknown_devices: "accept",
    cameras: ids.map((id) => ({
      id,
      name: id,
      url_file: join(folder, `${id}.url`),
      purpose: "protection-of-property",
      legal_basis: "public-task",
      controller: "Soak run",
      retention_h: 72,
      mask: { form: "none-needed", reason: "Recordings of the test material." },
      sign: { posted_on: "2026-11-01", place: "At the gate." },
    })),
  };
}
