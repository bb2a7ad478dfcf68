import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Accounts } from "@yardline/identity/accounts";
import { openPostgresRecords } from "@yardline/records/postgres";
import { parseKeys } from "@yardline/secrets/secret-keys";
import { openSecrets } from "@yardline/secrets/secret-store";
import { testSealer } from "@yardline/secrets/testing";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../backends/free-port.ts";
import { startPostgres } from "../postgres/start.ts";
import { filesBelow, placesOf } from "./secrets.ts";

const CANARY = "cAnary-9b41e6-Zq";

test("what cameras and people have for a password is in no file of PostgreSQL: not in tables, their old rows or the write-ahead log", {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-secrets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // A statement that the server finds slow or wrong must not stand in its log with its values, either.
  const settings = { log_min_duration_statement: "0", log_min_error_statement: "error" };
  const server = await startPostgres({ folder, port: await freePort(), settings });
  onTestFinished(() => server.stop());
  const records = await openPostgresRecords({ url: server.url, watch: { failed: () => undefined } });
  onTestFinished(() => records.close());
  const secrets = openSecrets(records, async () => parseKeys("a".repeat(64), "the test"), randomBytes);
  for (const name of ["yard", "gate"])
    await secrets.put(name, `rtsp://viewer:${CANARY}@192.168.1.20/${name}`);
  await secrets.put("yard", `rtsp://viewer:${CANARY}@192.168.1.21/yard`);
  await secrets.remove("gate");
  const accounts = new Accounts(records, testSealer());
  const grants = [{ tenant: "town", role: "dispatcher" as const }];
  await accounts.create("olena", { name: "Olena", password: CANARY, grants });
  expect(await secrets.read("yard")).toContain(CANARY);
  await records.close();
  await server.stop();
  const places = await filesBelow(folder);
  process.stdout.write(`canary: ${places.length} files of PostgreSQL searched\n`);
  expect({ found: placesOf(CANARY, places), enough: places.length > 500 }).toEqual({
    found: [],
    enough: true,
  });
  // What does stand there is found, so the search is one: in a table, and in the log that is written ahead of it.
  const stands = placesOf("Olena", places).join(" ");
  expect(stands).toMatch(/\/base\/\d+\/\d+/);
  expect(stands).toMatch(/\/pg_wal\//);
});
