import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteFile } from "@yardline/bus/sqlite-file";
import { expect, onTestFinished, test } from "vitest";
import { listFormat1, readFormat1 } from "./format-1.ts";

/** A week's file as release 0.1.0 made it, with so many events. */
function weekFile(folder: string, week: string, events: number, format = 1): string {
  const path = join(folder, `${week}.sqlite`);
  const db = openSqliteFile(path, {
    what: "event index",
    application_id: 0x59_4c_49_58,
    format,
    schema: `CREATE TABLE event (slot INTEGER, rest TEXT, revision INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
      body TEXT NOT NULL, PRIMARY KEY (slot, rest)) WITHOUT ROWID`,
    unavailable: "INDEX_UNAVAILABLE",
  });
  const insert = db.prepare("INSERT INTO event VALUES (?, 'abc', 0, ?, ?)");
  for (let n = 0; n < events; n++) insert.run(events - n, n % 2, JSON.stringify({ id: `${events - n}.0` }));
  db.close();
  return path;
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "yardline-format-1-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("everything is read, oldest first, withdrawn ones too, in bounded batches", () => {
  const folder = makeFolder();
  weekFile(folder, "2026-11-16", 1_201);
  weekFile(folder, "2026-11-09", 1);
  const [first = "", second = ""] = listFormat1(folder);
  expect([first, second]).toEqual([join(folder, "2026-11-09.sqlite"), join(folder, "2026-11-16.sqlite")]);
  expect([...readFormat1(first)].flat().map(({ id }) => id)).toEqual(["1.0"]);
  const batches = [...readFormat1(second)];
  expect(batches.map(({ length }) => length)).toEqual([500, 500, 201]);
  expect(batches.flat().map(({ id }) => id)).toEqual(Array.from({ length: 1_201 }, (_, n) => `${n + 1}.0`));
});

test("a folder that is not there has none, and another format is refused", () => {
  const folder = makeFolder();
  expect(listFormat1(join(folder, "none"))).toEqual([]);
  const newer = weekFile(folder, "2026-11-16", 1, 2);
  expect(() => [...readFormat1(newer)]).toThrow(expect.objectContaining({ code: "STORE_FORMAT" }));
});
