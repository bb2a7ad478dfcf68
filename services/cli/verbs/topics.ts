import { applyTopics } from "@yardline/bus/kafka/apply-topics";
import { serversOf } from "@yardline/town/servers";
import { defineVerb, optionalFlag, UsageError } from "../verb.ts";

const text = { type: "string" } as const;

/** Makes the topics of a Kafka what the code declares, and says what it changed. */
export const topics = defineVerb({
  name: "topics",
  summary: "Makes a Kafka's topics what Yardline needs, and says what it changed.",
  usage: "apply --bus kafka://HOST:PORT|@FILE [--replication N]",
  example: "./yardline topics apply --bus @/etc/yardline/bus.address --replication 3",
  flags: {
    bus: { ...text, help: "kafka://host:9092,…[/prefix] or @FILE that holds it; or YARDLINE_BUS." },
    replication: { ...text, help: "Brokers that keep each record (what the brokers say themselves)." },
  },
  positionals: { min: 1, max: 1 },
  async run({ flags, positionals }, world) {
    if (positionals[0] !== "apply") throw new UsageError(`topics: there is apply, no "${positionals[0]}"`);
    const { bus: url } = await serversOf(flags, world.env);
    if (url === undefined) throw new UsageError("topics: --bus is missing");
    const replication = replicationOf(optionalFlag({ flags, positionals }, "replication"));
    const applied = await applyTopics({ url, ...(replication !== undefined && { replication }) });
    for (const { topic, changes } of applied) {
      world.stdout.write(`${topic}: ${changes.length > 0 ? changes.join(", ") : "as declared"}\n`);
    }
    return 0;
  },
});

function replicationOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const count = Number(given);
  if (Number.isInteger(count) && count > 0 && count < 100) return count;
  throw new UsageError("--replication is a whole number from 1 on");
}
