import { readPostgresAddress } from "@yardline/records/postgres-address";
import { realServer } from "@yardline/testkit/real-server";
import { Client } from "pg";
import { expect, test } from "vitest";
import { answersPostgres } from "./start.ts";

test("a real PostgreSQL answers, and refuses who does not know its password", async () => {
  const url = await realServer("postgres");
  expect(await answersPostgres(url)).toBe(true);
  const stranger = new URL(url);
  stranger.password = "guess";
  stranger.search = "";
  expect(await answersPostgres(stranger.href)).toBe(false);
  const client = new Client(readPostgresAddress(url).config);
  await client.connect();
  const { rows } = await client.query(
    "SELECT count(*)::int AS n FROM (VALUES ('я' < 'ґ')) AS t(by_locale) WHERE NOT by_locale",
  );
  await client.end();
  expect(rows).toEqual([{ n: 1 }]);
});
