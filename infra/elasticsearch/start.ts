import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "../backends/server-process.ts";
import { fetchJars } from "./jars.ts";

/** Enough for tests and for trying things out; a town's years want more. */
const HEAP_MB = 512;
const ANSWER_MS_MAX = 2_000;

export type ElasticsearchOptions = {
  /** Holds the data, the pid file, the log. */
  readonly folder: string;
  /** Of HTTP; the next one is the node's own. */
  readonly port: number;
  readonly heap_mb?: number;
  readonly detached?: boolean;
  /** Settings of `elasticsearch.yml` beyond ours. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type Elasticsearch = {
  /** As in `http://127.0.0.1:19200`. */
  readonly address: string;
  readonly pids: readonly number[];
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
};

/**
 * A real Elasticsearch out of the jars on Maven Central, on loopback and without security, for development and tests; or the one
 * that runs already in the folder. No index is made there but by a template that says so, as a town's own cluster should have it.
 * @throws AppError `BACKEND_TOOLS_MISSING` without Java or Maven, `BACKEND_FAILED` with the last lines of its log.
 */
export async function startElasticsearch(options: ElasticsearchOptions): Promise<Elasticsearch> {
  const { folder, port, heap_mb = HEAP_MB, detached = false } = options;
  const { lib, modules } = await fetchJars();
  const temporary = join(folder, "tmp");
  for (const each of [temporary, join(folder, "config")]) mkdirSync(each, { recursive: true });
  const address = `http://127.0.0.1:${port}`;
  const settings = {
    "path.home": folder,
    "node.name": "yardline",
    "discovery.type": "single-node",
    "http.port": `${port}`,
    "transport.port": `${port + 1}`,
    "action.auto_create_index": "false",
    // A developer's disk is nearly full by Elasticsearch's standards.
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    ...options.settings,
  };
  const server = await startServer({
    name: "elasticsearch",
    folder,
    program: "java",
    args: [
      ...[`-Xms${heap_mb}m`, `-Xmx${heap_mb}m`, "-XX:+UseSerialGC"],
      ...[`-Dmodules=${modules}`, `-Des.path.home=${folder}`, `-Djava.io.tmpdir=${temporary}`],
      ...["-Djna.nosys=true", `-Djna.tmpdir=${temporary}`, "-Dlog4j2.disable.jmx=true"],
      ...["-cp", `${lib}/*`, join(import.meta.dirname, "ServerNode.java")],
      ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    ],
    detached,
    isReady: () => answersElasticsearch(address),
  });
  return { address, pids: [server.pid], stop: () => server.stop(), kill: (signal) => server.kill(signal) };
}

/** Whether the node has joined its cluster and holds its shards, at least one copy of each. */
export async function answersElasticsearch(address: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const answer = await fetch(`${address}/_cluster/health?wait_for_status=yellow&timeout=1s`, { signal });
    return answer.ok;
  } catch {
    return false;
  }
}
