import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import type { AppError } from "@yardline/domain/errors";
import { realServer } from "@yardline/testkit/real-server";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { openPostgresRecords } from "./postgres.ts";
import { readPostgresAddress } from "./postgres-address.ts";
import { STEPS, upgradeSchema } from "./postgres-schema.ts";
import { askDatabase, makeDatabase } from "./postgres-testing.ts";
import { describeRecords } from "./testing.ts";

async function freshUrl(options?: string): Promise<URL> {
  const { url, drop } = await makeDatabase(await realServer("postgres"), options);
  onTestFinished(drop);
  return url;
}

async function open(url: URL | string) {
  const failures: AppError[] = [];
  const watch = { failed: (error: AppError) => void failures.push(error) };
  const records = await openPostgresRecords({ url: String(url), watch });
  return { records, failures };
}

describeRecords("Records in PostgreSQL", async () => {
  const { url, drop } = await makeDatabase(await realServer("postgres"));
  return { isShared: true, open: async () => (await open(url)).records, remove: drop };
});

test("many that come first at once make one set of tables", async () => {
  const url = await freshUrl();
  const opened = await Promise.all(Array.from({ length: 5 }, () => open(url)));
  await Promise.all(opened.map(({ records }, at) => records.write([{ kind: "a", id: `${at}`, value: at }])));
  expect(await opened[0]?.records.list("a")).toHaveLength(5);
  await Promise.all(opened.map(({ records }) => records.close()));
});

test("tables of a newer release are refused by name", async () => {
  const url = await freshUrl();
  await (await open(url)).records.close();
  await askDatabase(url.href, "UPDATE yardline.format SET format = 99");
  await expect(open(url)).rejects.toMatchObject({
    code: "STORE_FORMAT",
    message: expect.stringMatching(/newer release of Yardline \(format 99, this release reads 1\)/),
  });
});

test("a later release adds its steps to the rows that are there, all of them or none", async () => {
  const url = await freshUrl();
  const { records } = await open(url);
  await records.write([{ kind: "a", id: "1", value: 1 }]);
  const client = new Client(readPostgresAddress(url.href).config);
  await client.connect();
  const add = "ALTER TABLE yardline.record ADD COLUMN tag text NOT NULL DEFAULT 'none'";
  await expect(upgradeSchema(client, "here", [...STEPS, add, "SELECT broken"])).rejects.toThrow(/broken/);
  await client.query("ROLLBACK");
  await upgradeSchema(client, "here", [...STEPS, add]);
  await upgradeSchema(client, "here", [...STEPS, add]);
  const { rows } = await client.query("SELECT format, id, tag FROM yardline.format, yardline.record");
  await client.end();
  expect(rows).toEqual([{ format: 2, id: "1", tag: "none" }]);
  // A service of the release before, still running, goes on.
  await records.write([{ kind: "a", id: "1", expected: 1, value: 2 }]);
  expect(await records.find("a", "1")).toMatchObject({ revision: 2, value: 2 });
  await records.close();
});

test("a database that cannot keep every text is refused by name", async () => {
  const url = await freshUrl("ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
  await expect(open(url)).rejects.toMatchObject({
    code: "STORE_FORMAT",
    message: expect.stringMatching(/LATIN1/),
  });
});

test("a role that may only read and write rows is enough once the tables are there", async () => {
  const url = await freshUrl();
  await (await open(url)).records.close();
  const role = `worker_${randomUUID().slice(0, 8)}`;
  await askDatabase(
    url.href,
    `CREATE ROLE ${role} LOGIN PASSWORD 'w'`,
    `GRANT USAGE ON SCHEMA yardline TO ${role}`,
    `GRANT SELECT ON yardline.format TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON yardline.record TO ${role}`,
  );
  const limited = Object.assign(new URL(url), { username: role, password: "w", search: "" });
  const { records } = await open(limited);
  await records.write([{ kind: "a", id: "1", value: 1 }]);
  await records.dropBefore("a", "2");
  expect(await records.list("a")).toEqual([]);
  await records.close();
  await askDatabase(url.href, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
});

test.for([
  ["a wrong password", { password: "s3cret-guess", search: "" }],
  ["a user that is not there", { username: "nobody-here", password: "s3cret-guess", search: "" }],
] as const)("%s is said once, for a person, without the password", async ([, change]) => {
  const url = Object.assign(await freshUrl(), change);
  const thrown: unknown = await open(url).catch((error: unknown) => error);
  expect(thrown).toMatchObject({
    code: "RECORDS_UNAVAILABLE",
    retryable: false,
    message: expect.stringMatching(/does not let us in: .* Mend the login/),
  });
  expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain("s3cret-guess");
});

test("a database that is not there is named", async () => {
  const url = Object.assign(await freshUrl(), { pathname: "elsewhere" });
  await expect(open(url)).rejects.toMatchObject({
    code: "RECORDS_UNAVAILABLE",
    retryable: false,
    message: expect.stringMatching(/"elsewhere" does not exist/),
  });
});

test("a lock that somebody keeps costs a call its time, and no more", { timeout: 40_000 }, async () => {
  const url = await freshUrl();
  const { records, failures } = await open(url);
  const holder = new Client(readPostgresAddress(url.href).config);
  await holder.connect();
  await holder.query("BEGIN; LOCK TABLE yardline.record IN EXCLUSIVE MODE");
  const write = () => records.write([{ kind: "a", id: "1", value: 1 }]);
  await expect(write()).rejects.toMatchObject({ code: "RECORDS_UNAVAILABLE", retryable: true });
  await holder.query("COMMIT");
  await holder.end();
  await write();
  expect(failures.map(({ message }) => message)).toEqual([expect.stringMatching(/statement timeout/)]);
  await records.close();
});
