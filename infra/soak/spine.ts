import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../backends/free-port.ts";
import { type Random, randomOf } from "../bench/town-events.ts";
import { type Kafka, startKafka } from "../kafka/start.ts";
import { elasticKills } from "./elastic-kills.ts";
import { embeddedKills } from "./embedded-kills.ts";
import { coordinatorKills, freeze, leaderKills } from "./kafka-faults.ts";
import { relayCut, relayKills } from "./relay-cut.ts";

/**
 * Kills, freezes and cuts everything that carries events, while events flow, and counts what became of those that were
 * acknowledged. Arguments: the share of the whole run (1 is all of it), the seed of its chances, and the names of the parts to run.
 * Prints one line a part, and at the end the table of `infra/guide/durability.md`.
 */
const [share = "1", seed = `${Date.now() % 1_000_000}`, ...names] = process.argv.slice(2);
/** The first of Kafka's ports, of which a cluster of three takes 23. */
const KAFKA_PORT = 24_000;

type Tally = { readonly acknowledged: number; readonly lost: number; readonly doubled: number };
type Part = {
  readonly name: string;
  /** What happens, `n` times or for `n` seconds. */
  readonly what: (n: number) => string;
  readonly whole: number;
  run(n: number, folder: string, random: Random): Promise<Tally>;
};

async function onKafka(folder: string, faults: (kafka: Kafka) => Promise<Tally>): Promise<Tally> {
  const kafka = await startKafka({ folder, port: KAFKA_PORT, brokers: 3 });
  try {
    return await faults(kafka);
  } finally {
    await kafka.stop();
  }
}

const PARTS: readonly Part[] = [
  {
    name: "embedded",
    what: (n) => `embedded bus and index: ${n} kills -9 of the process that writes them`,
    whole: 100,
    run: (n, folder, random) => embeddedKills(folder, n, random),
  },
  {
    name: "kafka-leader",
    what: (n) => `three Kafka brokers, 2,000 records/s: ${n} kills -9 of a leader`,
    whole: 10,
    run: (n, folder) => onKafka(folder, (kafka) => leaderKills(n, kafka)),
  },
  {
    name: "kafka-coordinator",
    what: (n) => `three Kafka brokers, 2,000 records/s: ${n} kills -9 of the group's coordinator`,
    whole: 10,
    run: (n, folder) => onKafka(folder, (kafka) => coordinatorKills(n, kafka)),
  },
  {
    name: "kafka-freeze",
    what: (n) => `three Kafka brokers, 2,000 records/s: one frozen for ${n} s`,
    whole: 30,
    run: (n, folder) => onKafka(folder, (kafka) => freeze(n * 1_000, kafka)),
  },
  {
    name: "elasticsearch",
    what: (n) => `Elasticsearch under bulk load: ${n} kills -9`,
    whole: 5,
    run: async (n, folder, random) => elasticKills({ folder, port: await freePort() }, n, random),
  },
  {
    name: "relay-kills",
    what: (n) => `edge and region, 500 statements/s: ${n} kills -9 of either`,
    whole: 20,
    run: (n, folder, random) => relayKills(folder, { kills: n, per_s: 500, random }),
  },
  {
    name: "relay-cut",
    what: (n) => `edge and region, 100 statements/s: the line cut for ${n} s`,
    whole: 3_600,
    run: (n, folder) => relayCut(folder, { cut_s: n, per_s: 100 }),
  },
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = PARTS.filter(({ name }) => names.length === 0 || names.includes(name));
say(`soak spine: ${chosen.map(({ name }) => name).join(", ")}; seed ${seed}, share ${share}`);
const rows: string[] = [];
let failed = 0;
for (const part of chosen) failed += (await runPart(part)) ? 0 : 1;
say("\n| what happened | acknowledged | lost | doubled |\n| --- | --- | --- | --- |");
for (const row of rows) say(row);
process.exit(failed === 0 ? 0 : 1);

async function runPart({ whole, what, run }: Part): Promise<boolean> {
  const n = Math.max(1, Math.round(whole * Number(share)));
  const folder = await mkdtemp(join(tmpdir(), "yardline-spine-"));
  const began = performance.now();
  const { acknowledged, lost, doubled } = await run(n, folder, randomOf(Number(seed)));
  await rm(folder, { recursive: true, force: true });
  const holds = acknowledged > 0 && lost === 0 && doubled === 0;
  const took_s = Math.round((performance.now() - began) / 1000);
  say(
    `${holds ? "ok  " : "FAIL"} ${what(n)}: ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled (${took_s} s)`,
  );
  const numbers = [acknowledged, lost, doubled].map((each) => each.toLocaleString("en"));
  rows.push(`| ${what(n)} | ${numbers.join(" | ")} |`);
  return holds;
}
