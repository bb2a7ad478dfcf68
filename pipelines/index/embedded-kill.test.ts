import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";
import type { Condition } from "./condition.ts";
import { openEmbeddedIndex } from "./embedded.ts";
import { Oracle } from "./oracle.ts";
import { statementOf } from "./scenes.ts";
import { searchAll } from "./testing.ts";

const KILLED_AFTER_MS = [3, 90, 170, 20, 60];
const QUESTIONS: readonly Condition[] = [
  { op: "words", text: "зупинка" },
  { op: "words", text: "person" },
  { op: "is", field: "type", values: ["yard.barking"] },
  { op: "is", field: "route", values: ["7"] },
];
const NOVEMBER = { from_ms: Date.parse("2026-11-01"), to_ms: Date.parse("2026-12-15") };
const BY_TYPE = { every: "day", timezone: "Europe/Kyiv", by: "type" } as const;
const child = new URL("./fixtures/put-until-killed.ts", import.meta.url);
const batch = (n: number) =>
  Array.from({ length: 15 }, (_, at) => statementOf((n * 5 + at) % 200, Math.floor(n / 40)));

/** Of every file: how many events can be found, how many the index of terms has, how many the hours have together. */
function agreementIn(
  folder: string,
): { shown: unknown; indexed: unknown; counted: unknown; sound: unknown }[] {
  const files = readdirSync(folder).filter((name) => /^365d-.*\.sqlite$/.test(name));
  return files.map((name) => {
    const db = new DatabaseSync(join(folder, name));
    const told = (sql: string) => Object.values(db.prepare(sql).get() ?? {})[0];
    const agreement = {
      shown: told("SELECT count(*) FROM event WHERE tags IS NOT NULL"),
      indexed: told("SELECT count(*) FROM term_docsize"),
      counted: told("SELECT coalesce(sum(events), 0) FROM hour WHERE field = ''"),
      sound: told("PRAGMA integrity_check"),
    };
    db.close();
    return agreement;
  });
}

test("what was put before kill -9 is found, in every week, and terms and counts agree with it", {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-index-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const oracle = new Oracle();
  let next = 0;
  for (const after_ms of KILLED_AFTER_MS) {
    const put = await runUntilKilled(child, [folder, `${next}`], after_ms);
    const last = Number(put.at(-1));
    for (; next <= last; next++) oracle.put(batch(next));
    // The batch that was being put may be there as well; putting it again changes nothing then.
    const index = await openEmbeddedIndex({ folder });
    await index.put(batch(next));
    oracle.put(batch(next));
    next++;
    expect(await searchAll(index, {})).toEqual(oracle.search({}));
    for (const where of QUESTIONS) {
      expect(await searchAll(index, { where })).toEqual(oracle.search({ where }));
    }
    expect(await index.histogram(NOVEMBER, BY_TYPE)).toEqual(oracle.histogram(NOVEMBER, BY_TYPE));
    await index.close();
    const agreements = agreementIn(folder);
    expect(agreements.length).toBeGreaterThan(1);
    for (const { shown, indexed, counted, sound } of agreements) {
      expect({ indexed, counted, sound }).toEqual({ indexed: shown, counted: shown, sound: "ok" });
    }
  }
  expect(next).toBeGreaterThan(KILLED_AFTER_MS.length * 2);
});
