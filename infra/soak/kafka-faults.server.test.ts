import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kafka, startKafka } from "../kafka/start.ts";
import { coordinatorKills, freeze, leaderKills } from "./kafka-faults.ts";

/** Three brokers boot, and boot again, in some 20 s on two quiet cores. */
const BROKERS_MS_MAX = 240_000;
/** Longer than the others need to give it up. */
const FROZEN_MS = 6_000;

/** Thirteen ports from here on, below those that outgoing connections take; others for every process. */
const PORT = 21_100 + (process.pid % 500) * 20;

let folder = "";
let kafka: Kafka;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-faults-"));
  kafka = await startKafka({ folder, port: PORT, brokers: 3 });
}, BROKERS_MS_MAX);
afterAll(async () => {
  for (const broker of [1, 2, 3]) kafka?.kill(broker, "SIGKILL");
  await kafka?.stop();
  await rm(folder, { recursive: true, force: true });
}, BROKERS_MS_MAX);

test.for([
  { fault: "a leader is killed", run: () => leaderKills(1, kafka) },
  { fault: "the group's coordinator is killed", run: () => coordinatorKills(1, kafka) },
  { fault: "a leader is frozen", run: () => freeze(FROZEN_MS, kafka) },
])("nothing acknowledged is lost or doubled when $fault", { timeout: BROKERS_MS_MAX }, async ({ run }) => {
  const tally = await run();
  expect(tally).toMatchObject({ lost: 0, doubled: 0 });
  expect(tally.acknowledged).toBeGreaterThan(2_000);
});
