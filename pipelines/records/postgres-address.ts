import { readFileSync } from "node:fs";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { ClientConfig } from "pg";

export type PostgresAddress = {
  /** `host:port/database`, for people. */
  readonly shown: string;
  readonly config: Pick<ClientConfig, "host" | "port" | "database" | "user" | "password" | "ssl">;
};

const PARAMETERS = ["password_file", "sslmode", "sslrootcert", "sslcert", "sslkey"] as const;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);

/**
 * Reads `postgres://user:password@host:port/database?…`. Beside libpq's `sslmode` (`verify-full`, the default but on loopback, or
 * `disable`), `sslrootcert`, `sslcert` and `sslkey`, it takes `password_file`, so that no secret stands in a command line.
 * @throws AppError `RECORDS_ADDRESS`, which never holds the address itself: it may hold the password.
 */
export function readPostgresAddress(text: string): PostgresAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "postgres:" && url.protocol !== "postgresql:")) {
    throw wrong("it must look like postgres://user@host:5432/database?password_file=/run/secrets/records");
  }
  for (const name of url.searchParams.keys()) {
    if (!PARAMETERS.some((known) => known === name)) {
      throw wrong(`there is no parameter "${name}", only ${PARAMETERS.join(", ")}`);
    }
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = Number(url.port || 5432);
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (!host || !user || !database) throw wrong("host, user and database must all be named");
  const file = url.searchParams.get("password_file");
  if (file !== null && password) throw wrong("a password and a password_file are one too many");
  const secret = file === null ? password : fileOf("password_file", file).trimEnd();
  return {
    shown: `${host}:${port}/${database}`,
    config: { host, port, database, user, ssl: tlsOf(url, host), ...(secret ? { password: secret } : {}) },
  };
}

function tlsOf({ searchParams }: URL, host: string): NonNullable<ClientConfig["ssl"]> {
  const mode = searchParams.get("sslmode") ?? (LOOPBACK.has(host) ? "disable" : "verify-full");
  if (mode === "disable") return false;
  if (mode !== "verify-full") {
    throw wrong(
      `sslmode "${mode}" does not check who answers: it is verify-full, or disable where nobody listens`,
    );
  }
  const named = (name: (typeof PARAMETERS)[number]) => {
    const path = searchParams.get(name);
    return path === null ? undefined : fileOf(name, path);
  };
  const [ca, cert, key] = [named("sslrootcert"), named("sslcert"), named("sslkey")];
  return {
    rejectUnauthorized: true,
    ...(ca ? { ca } : {}),
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
  };
}

function fileOf(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    throw wrong(`the ${name} cannot be read: ${messageOf(thrown)}`);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong("a % in it must be written %25");
  }
}

function wrong(why: string): AppError {
  return new AppError("RECORDS_ADDRESS", `The address of PostgreSQL is not right: ${why}.`);
}
