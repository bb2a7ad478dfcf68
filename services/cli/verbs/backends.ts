import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import type { Backend } from "@yardline/infra/backends/backend";
import { BACKENDS } from "@yardline/infra/backends/backends";
import { type BackendStatus, startLasting, statusOf, stopLasting } from "@yardline/infra/backends/lasting";
import { defineVerb, UsageError, type World } from "../verb.ts";

const NAMES = BACKENDS.map(({ name }) => name);
const ACTIONS = { start, stop, status } as const;

/** Real Kafka, Elasticsearch and PostgreSQL for development and tests, without containers. */
export const backends = defineVerb({
  name: "backends",
  summary: "Starts, stops and shows real Kafka, Elasticsearch and PostgreSQL for development.",
  usage: "start|stop|status [kafka] [elasticsearch] [postgres]",
  example: "./yardline backends start postgres",
  flags: {},
  positionals: { min: 1, max: 1 + NAMES.length },
  async run({ positionals: [word = "", ...names] }, world) {
    const action = Object.entries(ACTIONS).find(([name]) => name === word)?.[1];
    if (!action) throw new UsageError(`backends: there is start, stop and status, no "${word}"`);
    const stranger = names.find((name) => !NAMES.some((known) => known === name));
    if (stranger !== undefined) {
      throw new UsageError(`backends: there is ${NAMES.join(", ")}, no "${stranger}"`);
    }
    const chosen = BACKENDS.filter(({ name }) => names.length === 0 || names.includes(name));
    const folder = join(world.root, ".yardline/backends");
    const done = await Promise.all(chosen.map((backend) => attempt(action, folder, backend, world)));
    return done.every(Boolean) ? 0 : 1;
  },
});

type Action = (folder: string, backend: Backend) => Promise<string>;

/** One that fails says so and keeps none of the others from starting or ending. */
async function attempt(action: Action, folder: string, backend: Backend, world: World): Promise<boolean> {
  try {
    world.stdout.write(`${backend.name.padEnd(14)} ${await action(folder, backend)}\n`);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    world.stderr.write(`yardline backends: ${backend.name}: ${thrown.message}\n`);
    return false;
  }
}

async function start(folder: string, backend: Backend): Promise<string> {
  return shown(await startLasting(folder, backend));
}

async function stop(folder: string, backend: Backend): Promise<string> {
  const pids = await stopLasting(folder, backend);
  return pids.length > 0 ? `ended (pid ${pids.join(", ")})` : "did not run";
}

async function status(folder: string, backend: Backend): Promise<string> {
  return shown(await statusOf(folder, backend));
}

function shown({ pids, address = "no address", answers }: BackendStatus): string {
  if (pids.length === 0) return "does not run";
  return `${answers ? "answers" : "is silent"}  ${address}  (pid ${pids.join(", ")})`;
}
