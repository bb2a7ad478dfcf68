import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { readPostgresAddress } from "./postgres-address.ts";

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "yardline-address-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "file"), text);
  return join(folder, "file");
}

test("reads an address whole", () => {
  expect(readPostgresAddress("postgres://us%20er:p%40ss@db.town.example:6432/yard%2Dline")).toEqual({
    shown: "db.town.example:6432/yard-line",
    config: {
      host: "db.town.example",
      port: 6432,
      database: "yard-line",
      user: "us er",
      password: "p@ss",
      ssl: { rejectUnauthorized: true },
    },
  });
});

test("on loopback nothing is encrypted unless asked for; an IPv6 address has no brackets", () => {
  expect(readPostgresAddress("postgresql://u@[::1]/d")).toEqual({
    shown: "::1:5432/d",
    config: { host: "::1", port: 5432, database: "d", user: "u", ssl: false },
  });
  const asked = readPostgresAddress("postgres://u@localhost/d?sslmode=verify-full");
  expect(asked.config.ssl).toEqual({ rejectUnauthorized: true });
});

test("the password and the certificates may stand in files", () => {
  const [password, ca] = [file("from a file\n"), file("-----BEGIN CERTIFICATE-----")];
  const { config } = readPostgresAddress(`postgres://u@h/d?password_file=${password}&sslrootcert=${ca}`);
  expect([config.password, config.ssl]).toEqual([
    "from a file",
    { rejectUnauthorized: true, ca: "-----BEGIN CERTIFICATE-----" },
  ]);
});

test.for([
  ["postgres//u:s3cret@h/d", /must look like postgres:/],
  ["mysql://u:s3cret@h/d", /must look like postgres:/],
  ["postgres://u:s3cret@h", /host, user and database/],
  ["postgres://:s3cret@h/d", /host, user and database/],
  ["postgres://u:s3cret@h/d?sslmode=require", /"require" does not check who answers/],
  ["postgres://u:s3cret@h/d?ssl=true", /no parameter "ssl"/],
  ["postgres://u:s3cret%zz@h/d", /must be written %25/],
  ["postgres://u:s3cret@h/d?password_file=/nowhere", /one too many/],
  ["postgres://u@h/d?password_file=/nowhere", /password_file cannot be read: ENOENT/],
  ["postgres://u:s3cret@h:99999/d", /must look like/],
] as const)("%s is refused without its password", ([text, why]) => {
  let thrown: unknown;
  try {
    readPostgresAddress(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: "RECORDS_ADDRESS", message: expect.stringMatching(why) });
  expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain("s3cret");
});
