import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { openKafkaBus } from "@yardline/bus/kafka";
import { applyTopics } from "@yardline/bus/kafka/apply-topics";
import { systemClock } from "@yardline/domain/time";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { freePort } from "../backends/free-port.ts";
import { startElasticsearch } from "../elasticsearch/start.ts";
import { startKafka } from "../kafka/start.ts";
import { pssOf } from "../soak/process-tree.ts";
import { busPublish } from "./bus-publish.ts";
import { elasticBulk } from "./elastic-bulk.ts";
import { fillIndex, measureQuestions, sizeOf } from "./embedded-index.ts";
import { say, tell } from "./tell.ts";
import { randomOf } from "./town-events.ts";

/**
 * How fast the spine is, each figure beside its budget: what is compared is run turn by turn. Arguments: how many events the
 * embedded index holds (10 million), and the names of the parts to run.
 */
const [given = "10000000", ...names] = process.argv.slice(2);
const EVENTS = Number(given);
const ROOT = join(import.meta.dirname, "../..");
const YEAR_MS = 365 * 86_400_000;
const FROM_MS = Date.parse("2026-01-01T00:00:00Z");
const BUS_ROUNDS = 8;
const BULK = { events: 12_000, rounds: 8, clock: systemClock };
/** How often each of the ten questions is asked. */
const QUESTION_ROUNDS = 60;

async function bus(folder: string): Promise<void> {
  const kafka = await startKafka({ folder: join(folder, "kafka"), port: await freePort() });
  await applyTopics({ url: kafka.address });
  const buses = [
    await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock }),
    await openKafkaBus({ url: kafka.address, clock: systemClock }),
  ];
  const [embedded, remote] = await busPublish(buses, { rounds: BUS_ROUNDS, clock: systemClock });
  tell("embedded bus, batches of 500", embedded?.batches_per_s ?? 0, "records/s", { least: 50_000 });
  tell("embedded bus, single records", embedded?.singles_per_s ?? 0, "records/s", { least: 5_000 });
  tell("Kafka, one broker, batches of 500", remote?.batches_per_s ?? 0, "records/s", { least: 30_000 });
  tell("Kafka, one broker, single records", remote?.singles_per_s ?? 0, "records/s");
  for (const each of buses) await each.close();
  await kafka.stop();
}

async function elasticsearch(folder: string): Promise<void> {
  const server = await startElasticsearch({ folder, port: await freePort(), heap_mb: 1024 });
  const { raw_per_s, put_per_s, overhead } = await elasticBulk(server.address, BULK);
  tell("Elasticsearch, a bare bulk loop", raw_per_s, "documents/s");
  tell("Elasticsearch, put", put_per_s, "events/s");
  tell("our overhead", 100 * overhead, "%", { most: 15 });
  await server.stop();
}

async function index(folder: string): Promise<void> {
  const town = { events: EVENTS, from_ms: FROM_MS, to_ms: FROM_MS + YEAR_MS, seed: 1 };
  const filling = await openEmbeddedIndex({ folder });
  const { events_per_s, cpu_us_per_event } = await fillIndex(filling, town, (line) => say(`     ${line}`));
  await filling.close();
  tell("embedded index, put", events_per_s, "events/s", { least: 30_000 });
  tell("embedded index, all threads", cpu_us_per_event, "µs of CPU an event");
  // Opened anew: a town fills it in a year, and what making ten million events left in memory is not the index's.
  const kept = await openEmbeddedIndex({ folder });
  for (const { name, p50_ms, p95_ms, found } of await measureQuestions(
    kept,
    town,
    QUESTION_ROUNDS,
    randomOf(5),
  )) {
    tell(`${name}: p50 ${p50_ms.toFixed(1)} ms, ${found.toFixed(1)} found, p95`, p95_ms, "ms", { most: 50 });
  }
  tell("memory of the process (PSS)", pssOf(process.pid) / 1e6, "MB", { most: 600 });
  await kept.close();
  tell("on disk", sizeOf(folder) / EVENTS, "bytes an event", { most: 550 });
}

async function history(): Promise<void> {
  const bench = ["exec", "vitest", "run", "--config", "vitest.bench.config.ts", "pipelines/history"];
  spawnSync("pnpm", bench, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
}

const PARTS = { bus, elasticsearch, index, history } as const;
for (const [name, run] of Object.entries(PARTS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  say(`bench spine, ${name}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  await run(folder);
  await rm(folder, { recursive: true, force: true });
}
