import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { guarded, inTransaction, lockFor, openSqliteFile, type SqliteFormat } from "./sqlite-file.ts";

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

test("threads that open a new file in the same moment all get it, made once", async () => {
  const code = `
    import { parentPort, workerData } from "node:worker_threads";
    import { openSqliteFile } from ${JSON.stringify(new URL("./sqlite-file.ts", import.meta.url).href)};
    const { paths, kind, gate } = workerData;
    const flag = new Int32Array(gate);
    Atomics.add(flag, 0, 1);
    while (Atomics.load(flag, 0) < 2);
    for (const path of paths) openSqliteFile(path, kind).close();
    parentPort.postMessage("all");`;
  const paths = Array.from({ length: 30 }, (_, at) => path.replace("notes", `notes-${at}`));
  const gate = new SharedArrayBuffer(4);
  const openAll = async () => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      workerData: { paths, kind: KIND, gate },
      execArgv: [],
    });
    return await once(worker, "message");
  };
  expect(await Promise.all([openAll(), openAll()])).toEqual([["all"], ["all"]]);
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

describe("a file for one process at a time", () => {
  const ALONE: SqliteFormat = { ...KIND, exclusive: true };
  const inUse = expect.objectContaining({ code: "STORE_IN_USE", message: expect.stringContaining(path) });

  test("is refused to a second one, whoever asks, until the first one closes it", () => {
    const first = openSqliteFile(path, ALONE);
    expect(() => openSqliteFile(path, ALONE)).toThrow(inUse);
    first.close();
    openSqliteFile(path, ALONE).close();
  });

  test("is free again when its process was killed", async () => {
    const file = fileURLToPath(new URL("./fixtures/hold-file.ts", import.meta.url));
    const child = spawn(process.execPath, [file, path], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    expect(() => openSqliteFile(path, ALONE)).toThrow(inUse);
    child.kill("SIGKILL");
    await once(child, "close");
    openSqliteFile(path, ALONE).close();
  });

  test("is not locked by an opening that failed", () => {
    openSqliteFile(path, ALONE).close();
    expect(() => openSqliteFile(path, { ...ALONE, format: 2 })).toThrow(/another release/);
    openSqliteFile(path, ALONE).close();
  });

  test("can be looked into meanwhile", () => {
    const db = openSqliteFile(path, ALONE);
    db.exec("INSERT INTO note VALUES ('kept')");
    const reader = new DatabaseSync(path, { readOnly: true });
    expect(reader.prepare("SELECT text FROM note").get()).toMatchObject({ text: "kept" });
    reader.close();
    db.close();
  });
});

test("a lock is shared by many or held by one", () => {
  const inUse = expect.objectContaining({ code: "STORE_IN_USE" });
  const [first, second] = [lockFor(path, KIND, { shared: true }), lockFor(path, KIND, { shared: true })];
  first[Symbol.dispose]();
  expect(() => lockFor(path, KIND)).toThrow(inUse);
  second[Symbol.dispose]();
  const alone = lockFor(path, KIND);
  expect(() => lockFor(path, KIND, { shared: true })).toThrow(inUse);
  alone[Symbol.dispose]();
  lockFor(path, KIND, { shared: true })[Symbol.dispose]();
});
