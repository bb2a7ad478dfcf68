import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { readPostgresAddress } from "./postgres-address.ts";

/** A database of its own on a real server (`realServer("postgres")` in tests); `drop` takes it away with whoever is connected. */
export async function makeDatabase(
  server: string,
  options = "",
): Promise<{ readonly url: URL; drop(): Promise<void> }> {
  const name = `records_${randomUUID().replaceAll("-", "")}`;
  await askDatabase(server, `CREATE DATABASE ${name} ${options}`);
  const url = new URL(server);
  url.pathname = name;
  return { url, drop: () => askDatabase(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Says statements to a database, past whatever we keep in it. */
export async function askDatabase(server: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client(readPostgresAddress(server).config);
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}
