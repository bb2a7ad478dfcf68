import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { type ServerProcess, startServer } from "../backends/server-process.ts";
import { makeCertificate } from "./certificate.ts";
import { fetchJars, runTool } from "./jars.ts";
import { caOf, type Login, propertiesOf } from "./properties.ts";

const HEAP = ["-Xms160m", "-Xmx384m", "-XX:+UseSerialGC"];
/** Marks the folders of one cluster; any 16 bytes in base64. */
const CLUSTER_ID = "eWFyZGxpbmUtdGVzdHMtMQ";

export type KafkaOptions = {
  /** Holds data, settings, logs and pid files, a subfolder a broker. */
  readonly folder: string;
  /** Broker n listens on `port + n - 1` of loopback; 10 above it is its controller's port, with a login 20 above it that of the other brokers. */
  readonly port: number;
  /** Three keep each record on three disks and go on with two. */
  readonly brokers?: 1 | 3;
  /** Clients must then come over TLS and log in by SCRAM-SHA-512. */
  readonly login?: Login;
  readonly detached?: boolean;
};

export type Kafka = {
  /** As in `kafka://127.0.0.1:19092`; with a login it holds the password, and the file that vouches for the brokers. */
  readonly address: string;
  /** Of broker 1, 2 …; another one after `restart`. */
  readonly pids: readonly number[];
  /** Ends all of them. */
  stop(): Promise<void>;
  /** @param broker from 1 on. */
  kill(broker: number, signal: NodeJS.Signals): void;
  /** Starts a broker that was killed, on what is left of its disk; resolves when it is up. */
  restart(broker: number): Promise<void>;
};

/**
 * A real Apache Kafka out of the jars on Maven Central, for development and tests; or the one that runs already in the folder.
 * @throws AppError `BACKEND_TOOLS_MISSING` without Java or Maven, `BACKEND_FAILED` with the last lines of its log.
 */
export async function startKafka(options: KafkaOptions): Promise<Kafka> {
  const { folder, port, brokers = 1, login } = options;
  const jars = await fetchJars();
  mkdirSync(folder, { recursive: true });
  if (login) await makeCertificate(folder);
  const ids = Array.from({ length: brokers }, (_, at) => at + 1);
  const started = await Promise.allSettled(ids.map((id) => startBroker(jars, id, options)));
  const servers = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const stop = async () => void (await Promise.all(servers.map((each) => each.stop())));
  const failed = started.find((each) => each.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const find = (broker: number): ServerProcess => {
    const server = servers[broker - 1];
    if (!server) throw new AppError("BACKEND_FAILED", `There is no broker ${broker}.`);
    return server;
  };
  const hosts = ids.map((id) => `127.0.0.1:${port + id - 1}`).join(",");
  return {
    address: login ? `kafka://${partOf(login)}@${hosts}?${securityOf(folder)}` : `kafka://${hosts}`,
    get pids() {
      return servers.map(({ pid }) => pid);
    },
    stop,
    kill: (broker, signal) => find(broker).kill(signal),
    async restart(broker) {
      await find(broker).stop();
      servers[broker - 1] = await startBroker(jars, broker, options);
    },
  };
}

function partOf({ user, password }: Login): string {
  return `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
}

function securityOf(folder: string): string {
  return `${new URLSearchParams({ tls: "1", ca: caOf(folder), mechanism: "scram-sha-512" })}`;
}

async function startBroker(jars: string, id: number, options: KafkaOptions): Promise<ServerProcess> {
  const { login, detached = false } = options;
  const folder = join(options.folder, `broker-${id}`);
  const settings = join(folder, "server.properties");
  mkdirSync(folder, { recursive: true });
  writeFileSync(settings, propertiesOf(id, options), { mode: 0o600 });
  const java = ["-cp", `${jars}/*`, `-Dlog4j2.configurationFile=${join(import.meta.dirname, "log4j2.xml")}`];
  const user = login ? ["--add-scram", `SCRAM-SHA-512=[name=${login.user},password=${login.password}]`] : [];
  const format = ["format", "-t", CLUSTER_ID, "-c", settings, ...user];
  if (!existsSync(join(folder, "data", "meta.properties"))) {
    await runTool("java", [...java, "kafka.tools.StorageTool", ...format]);
  }
  return startServer({
    name: "kafka",
    folder,
    program: "java",
    args: [...HEAP, ...java, "kafka.Kafka", settings],
    detached,
    isReady: async () => readFileSync(join(folder, "kafka.log"), "utf8").includes("Kafka Server started"),
  });
}
