import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteFile, type SqliteFormat } from "./sqlite-file.ts";
import { SqliteSnapshot } from "./sqlite-snapshot.ts";

const KIND: SqliteFormat = {
  what: "note",
  application_id: 4711,
  format: 1,
  schema: "CREATE TABLE note (text TEXT NOT NULL)",
  unavailable: "NOTES_UNAVAILABLE",
  exclusive: true,
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "yardline-snapshot-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const write = (db: DatabaseSync, text: string) => db.prepare("INSERT INTO note VALUES (?)").run(text);
/** More than is copied at once. */
const fill = (db: DatabaseSync) =>
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
    INSERT INTO note SELECT printf('%.*c', 8000, 'x') FROM n`);
const notesIn = (path: string) => {
  const db = openSqliteFile(path, KIND);
  const rows = db.prepare("SELECT text FROM note WHERE length(text) < 100").all();
  db.close();
  return rows.map(({ text }) => String(text));
};

test("shows the file as it was when it was fixed, whatever is written meanwhile", async () => {
  const db = openSqliteFile(at("notes.sqlite"), KIND);
  fill(db);
  write(db, "before");
  using snapshot = new SqliteSnapshot(at("notes.sqlite"));
  write(db, "before it was fixed");
  snapshot.fix();
  write(db, "after");
  await snapshot.copyTo(at("copy.sqlite"), () => void write(db, "meanwhile"));
  expect(notesIn(at("copy.sqlite"))).toEqual(["before", "before it was fixed"]);
  db.close();
  expect(notesIn(at("notes.sqlite"))).toEqual(["before", "before it was fixed", "after", "meanwhile"]);
});

test("says whether anybody committed, also while it is fixed", () => {
  const db = openSqliteFile(at("notes.sqlite"), KIND);
  using snapshot = new SqliteSnapshot(at("notes.sqlite"));
  const before = snapshot.version();
  snapshot.fix();
  expect(snapshot.version()).toBe(before);
  write(db, "note");
  expect(snapshot.version()).not.toBe(before);
  db.close();
});

test("reads what a killed process left in its log", async () => {
  const file = new URL("./fixtures/hold-file.ts", import.meta.url);
  await runUntilKilled(file, [at("notes.sqlite")], 0);
  using snapshot = new SqliteSnapshot(at("notes.sqlite"));
  snapshot.fix();
  await snapshot.copyTo(at("copy.sqlite"), () => undefined);
  expect(notesIn(at("copy.sqlite"))).toEqual(["held"]);
});

test("makes no file where there is none", () => {
  expect(() => new SqliteSnapshot(at("none.sqlite"))).toThrow(expect.objectContaining({ retryable: true }));
  expect(existsSync(at("none.sqlite"))).toBe(false);
});

test("names a file that is damaged, at the first look or in the copy", async () => {
  writeFileSync(at("other.sqlite"), "not a database at all, but long enough to be looked at");
  using other = new SqliteSnapshot(at("other.sqlite"));
  expect(() => other.fix()).toThrow(expect.objectContaining({ code: "STORE_DAMAGED" }));

  const db = openSqliteFile(at("notes.sqlite"), KIND);
  for (let n = 0; n < 100; n++) write(db, "x".repeat(1_000));
  db.close();
  writeFileSync(at("notes.sqlite"), readFileSync(at("notes.sqlite")).fill(0x5a, 16_384, 60_000));
  using snapshot = new SqliteSnapshot(at("notes.sqlite"));
  snapshot.fix();
  await expect(snapshot.copyTo(at("copy.sqlite"), () => undefined)).rejects.toMatchObject({
    code: "STORE_DAMAGED",
    message: expect.stringContaining(at("notes.sqlite")),
  });
});

test("what its progress throws ends the copying", async () => {
  const db = openSqliteFile(at("notes.sqlite"), KIND);
  fill(db);
  db.close();
  using snapshot = new SqliteSnapshot(at("notes.sqlite"));
  snapshot.fix();
  const stop = () => {
    throw new Error("stopped");
  };
  await expect(snapshot.copyTo(at("copy.sqlite"), stop)).rejects.toThrow("stopped");
});
