import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { DatabaseError, Pool, type PoolClient } from "pg";
import { readPostgresAddress } from "./postgres-address.ts";
import { failureOf } from "./postgres-failure.ts";

/** A PostgreSQL takes 100 connections as it comes, and a region has some ten services. */
const CONNECTIONS_MAX = 8;
const CALLS_WAITING_MAX = 1_000;
const CONNECT_MS_MAX = 5_000;
/** The server ends a statement itself, so that no lock is kept by one that nobody waits for any more. */
const STATEMENT_MS_MAX = 10_000;
/** Longer than the server's own limit: only a frozen or unreachable one is silent that long. */
const ANSWER_MS_MAX = 15_000;
/** A process that stopped in the middle of a transaction holds its locks no longer. */
const IDLE_IN_TRANSACTION_MS_MAX = 10_000;
const IDLE_MS_MAX = 30_000;
const CLOSE_MS_MAX = 5_000;

/** What the adapter tells about itself. */
export type PostgresWatch = {
  /** A call or an idle connection failed, or a call was refused because too many wait. */
  failed(error: AppError): void;
};

export type PostgresOptions = {
  /** As `readPostgresAddress` takes it. */
  readonly url: string;
  readonly watch: PostgresWatch;
};

/** Connections to one database, made when needed and made anew when lost; what they throw is said for people. */
export class PostgresPool {
  readonly #pool: Pool;
  readonly #sockets = new Set<Socket>();
  readonly #watch: PostgresWatch;
  /** `host:port/database`. */
  readonly shown: string;
  #closed = false;

  /** @throws AppError `RECORDS_ADDRESS`; nothing is connected yet. */
  constructor({ url, watch }: PostgresOptions) {
    const { shown, config } = readPostgresAddress(url);
    this.shown = shown;
    this.#watch = watch;
    this.#pool = new Pool({
      ...config,
      stream: () => this.#newSocket(),
      application_name: "yardline",
      max: CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      idleTimeoutMillis: IDLE_MS_MAX,
      statement_timeout: STATEMENT_MS_MAX,
      query_timeout: ANSWER_MS_MAX,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS_MAX,
      keepAlive: true,
    });
    // A connection may be lost between two statements of a transaction: the next one tells, and nobody else need listen.
    this.#pool.on("connect", (client) => void client.on("error", () => {}));
    // An idle connection was lost; the pool has let it go already.
    this.#pool.on("error", (thrown) => void this.#told(thrown));
  }

  /** @throws AppError `RECORDS_UNAVAILABLE`, and what the work throws. */
  async withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new AppError("RECORDS_UNAVAILABLE", "Records are closed.", { retryable: true });
    if (this.#pool.waitingCount >= CALLS_WAITING_MAX) {
      const full = `${CALLS_WAITING_MAX} calls wait for PostgreSQL at ${this.shown} already.`;
      throw this.#told(new AppError("RECORDS_UNAVAILABLE", full, { retryable: true }));
    }
    let client: PoolClient | undefined;
    let isUsable = false;
    try {
      client = await this.#pool.connect();
      const result = await work(client);
      isUsable = true;
      return result;
    } catch (thrown) {
      isUsable = client !== undefined && (await isRolledBack(client, thrown));
      throw this.#told(thrown);
    } finally {
      client?.release(!isUsable);
    }
  }

  /** All of the work or none of it. */
  async transaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
    await this.withClient(async (client) => {
      // As written: a database may be set to another level, in which a statement would not see what others have just written.
      await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
      await work(client);
      await client.query("COMMIT");
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.race([this.#pool.end(), sleep(CLOSE_MS_MAX, undefined, { ref: false })]);
    // A frozen server never answers a goodbye.
    for (const socket of this.#sockets) socket.destroy();
  }

  #told(thrown: unknown): unknown {
    const error = failureOf(thrown, this.shown);
    if (error instanceof AppError && error.code === "RECORDS_UNAVAILABLE") this.#watch.failed(error);
    return error;
  }

  #newSocket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    return socket.once("close", () => this.#sockets.delete(socket));
  }
}

/** Whether a connection is as it was before the work that failed on it. One that was lost or fell silent is not asked. */
async function isRolledBack(client: PoolClient, thrown: unknown): Promise<boolean> {
  if (!(thrown instanceof AppError || thrown instanceof DatabaseError)) return false;
  return client.query("ROLLBACK").then(
    () => true,
    () => false,
  );
}
