import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { guarded, inTransaction, openSqliteFile, type SqliteFormat } from "./sqlite-file.ts";

const KIND: SqliteFormat = {
  what: "note",
  application_id: 4711,
  format: 1,
  schema: "CREATE TABLE note (text TEXT NOT NULL)",
  unavailable: "NOTES_UNAVAILABLE",
};

let path = "";
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "yardline-sqlite-")), "deep/er/notes.sqlite");
});
afterEach(() => rmSync(join(path, "../../.."), { recursive: true }));

test("a new file is made ours, with its folders, and opens again", () => {
  const made = openSqliteFile(path, KIND);
  made.exec("INSERT INTO note VALUES ('kept')");
  made.close();
  const again = openSqliteFile(path, KIND);
  expect(again.prepare("SELECT text FROM note").get()).toMatchObject({ text: "kept" });
  expect(again.prepare("PRAGMA synchronous").get()).toMatchObject({ synchronous: 2 });
  again.close();
});

test.for<[string, Partial<SqliteFormat>, string]>([
  ["another program's file", { application_id: 4712 }, "STORE_FOREIGN"],
  ["another release's file", { format: 2 }, "STORE_FORMAT"],
])("%s is refused by name", ([, other, code]) => {
  openSqliteFile(path, KIND).close();
  expect(() => openSqliteFile(path, { ...KIND, ...other })).toThrow(
    expect.objectContaining({ code, retryable: false, message: expect.stringContaining(path) }),
  );
});

test("a folder that cannot be made is unavailable for now", () => {
  openSqliteFile(path, KIND).close();
  expect(() => openSqliteFile(join(path, "below/a/file.sqlite"), KIND)).toThrow(
    expect.objectContaining({ code: "NOTES_UNAVAILABLE", retryable: true }),
  );
});

test("a transaction is kept whole or not at all, and wrong SQL stays a bug", () => {
  const db = openSqliteFile(path, KIND);
  const write = () =>
    guarded(path, KIND, () =>
      inTransaction(db, () => {
        db.exec("INSERT INTO note VALUES ('half')");
        db.exec("INSERT INTO nowhere VALUES (1)");
      }),
    );
  expect(write).toThrow("no such table: nowhere");
  expect(db.prepare("SELECT count(*) AS n FROM note").get()).toMatchObject({ n: 0 });
  db.close();
});
