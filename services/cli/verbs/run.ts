import { join } from "node:path";
import { keysFrom } from "@yardline/secrets/secret-keys";
import { serversOf } from "@yardline/town/servers";
import { SERVICE_NAMES, type ServiceName, startService } from "@yardline/town/service";
import { drained, openLog } from "../process.ts";
import { PAGE_DIR, type Step, setUp } from "../set-up.ts";
import { portOf, readSettings } from "../start-settings.ts";
import { defineVerb, optionalFlag, UsageError } from "../verb.ts";

const text = { type: "string" } as const;
/** What has to be made on this machine before a service can run. */
const STEPS: Readonly<Partial<Record<ServiceName, readonly Step[]>>> = { edge: ["detector"], api: ["page"] };

/** Runs one service by itself, so that a region can spread them over machines. */
export const run = defineVerb({
  name: "run",
  summary: "Runs one service of a town by itself, on Kafka, Elasticsearch and PostgreSQL.",
  usage: `${SERVICE_NAMES.join("|")} --config town.yaml [--bus … --index … --records … --data FOLDER --port N]`,
  example: "./yardline run indexer --config town.yaml --bus @bus.address --index @index.address",
  flags: {
    config: { ...text, help: "A town.yaml; or YARDLINE_CONFIG." },
    bus: { ...text, help: "kafka://host:9092,… or @FILE that holds it; or YARDLINE_BUS." },
    index: { ...text, help: "http(s)://host:9200 or @FILE that holds it; or YARDLINE_INDEX." },
    records: { ...text, help: "postgres://… or @FILE that holds it; or YARDLINE_RECORDS." },
    data: { ...text, help: "Folder of what is kept on this machine; or YARDLINE_DATA (.yardline/town)." },
    port: { ...text, help: "Health and metrics, and the page of api, on this machine (any free one)." },
  },
  positionals: { min: 1, max: 1 },
  async run(asked, world) {
    const [name = ""] = asked.positionals;
    const service = SERVICE_NAMES.find((each) => each === name);
    if (!service) throw new UsageError(`run: there is ${SERVICE_NAMES.join(", ")}, no "${name}"`);
    const path = optionalFlag(asked, "config") ?? world.env["YARDLINE_CONFIG"];
    if (path === undefined) throw new UsageError("run: give --config the path of a town.yaml");
    const config = await readSettings(path);
    await setUp(world, STEPS[service] ?? []);
    const report = (line: string): void => void world.stderr.write(`yardline: ${line}\n`);
    const started = await startService(
      service,
      {
        config,
        base: path,
        servers: await serversOf(asked.flags, world.env),
        keys: keysFrom(world.env),
        folder:
          optionalFlag(asked, "data") ?? world.env["YARDLINE_DATA"] ?? join(world.root, ".yardline/town"),
        port: portOf(optionalFlag(asked, "port")) ?? 0,
        pageDir: join(world.root, PAGE_DIR),
        root: world.root,
        clock: world.clock,
        log: openLog(world),
        report,
      },
      world.signal,
    );
    report(`${service} runs: ${started.address}`);
    return drained(started.stopped, world, report);
  },
});
