import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { BACKENDS } from "../backends/backends.ts";
import { freePort } from "../backends/free-port.ts";
import { CALLS, type Followed, followEvents } from "./follow.ts";
import { percentile } from "./percentile.ts";
import { TownProcess } from "./town-process.ts";

/**
 * The demonstration town on a real Kafka, Elasticsearch and PostgreSQL: how soon after it happened an event is found by search.
 * Argument: minutes.
 */
const ROOT = join(import.meta.dirname, "../..");
const minutes = Number(process.argv[2] ?? 10);
const FOUND_MS_MAX = 2_000;
/** Buses and cameras begin all at once, and nobody waits for the first minute. */
const WARM_UP_MS = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), "yardline-region-"));
const servers = await Promise.all(
  BACKENDS.map(async (backend) => {
    const place = { folder: join(folder, backend.name), port: await freePort(), detached: false };
    return { name: backend.name, running: await backend.start(place) };
  }),
);
const addressOf = (name: string): string => servers.find((each) => each.name === name)?.running.address ?? "";
const flags = [
  ["--bus", addressOf("kafka")],
  ["--index", addressOf("elasticsearch")],
  ["--records", addressOf("postgres")],
].flat();
spawnSync(process.execPath, ["services/cli/main.ts", "topics", "apply", ...flags.slice(0, 2)], { cwd: ROOT });
const log = join(folder, "town.log");
const town = new TownProcess(ROOT, { folder: join(folder, "data"), port: await freePort(), log, flags });
const stop = new AbortController();
let failed = 0;
try {
  say(`soak region: ${minutes} min; the town answers after ${Math.round(await town.start())} ms`);
  await wait(WARM_UP_MS);
  const stays = followEvents(town, stop.signal);
  const calls = followEvents(town, stop.signal, CALLS);
  await wait(minutes * 60_000);
  tell("stays in view", stays);
  tell("calls at stops", calls);
} finally {
  stop.abort();
  await town.stop();
  for (const { running } of servers) await running.stop();
}
if (failed === 0) await rm(folder, { recursive: true });
else say(`the town's log is ${log}`);
process.exit(failed === 0 ? 0 : 1);

function tell(what: string, { found_ms }: Followed): void {
  const found = found_ms();
  const [p50, p95] = [0.5, 0.95].map((p) => Math.round(percentile(found, p)));
  const holds = found.length > 0 && (p95 ?? Number.NaN) <= FOUND_MS_MAX;
  if (!holds) failed++;
  say(
    `${holds ? "ok  " : "FAIL"} ${found.length} ${what} found by search: p50 ${p50} ms, p95 ${p95} ms after it happened`,
  );
}
