import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkMemory, memoryOf, newKnowledge } from "@yardline/prediction/knowledge";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { endOfRound, learnRound } from "./fixtures/learning.ts";
import { LearntMemory } from "./learnt-memory.ts";

const KILLED_AFTER_MS = [4, 70, 21, 130];
/** What is kept is rounded to thousandths, once more at each start. */
const ROUNDED = 0.05;
const DAY_MS = 86_400_000;
const child = new URL("./fixtures/learn-until-killed.ts", import.meta.url);

test("over kills -9 what was learnt is there, whole, and as if nobody had been killed", {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-memory-kill-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const complaints: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => complaints.push(line) });
  let rounds = 0;
  for (const after_ms of KILLED_AFTER_MS) {
    const kept = (await runUntilKilled(child, [folder], after_ms)).map(Number);
    const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
    const memory = await LearntMemory.open(records, endOfRound(100_000), log);
    const row = await records.find("transit-memory", "arrivals");
    await records.close();
    const learnt = memory.learnt_to_ms === 0 ? 0 : (memory.learnt_to_ms - endOfRound(0)) / DAY_MS + 1;
    // The day whose keeping was under way may be there too, as a whole; none that was said is lost.
    expect(learnt).toBeGreaterThanOrEqual((kept.at(-1) ?? rounds - 1) + 1);
    expect(learnt).toBeLessThanOrEqual((kept.at(-1) ?? rounds - 1) + 2);
    rounds = learnt;
    if (rounds > 0)
      expect(farthest(checkMemory(row?.value, "memory"), unkilled(rounds))).toBeLessThan(ROUNDED);
  }
  expect(complaints).toEqual([]);
  expect(rounds).toBeGreaterThan(KILLED_AFTER_MS.length);
});

/** What a process knows that went through all days by itself. */
function unkilled(rounds: number): unknown {
  const knowledge = newKnowledge();
  for (let round = 0; round < rounds; round += 1) learnRound(knowledge, round);
  return JSON.parse(JSON.stringify(memoryOf(knowledge, endOfRound(rounds - 1))));
}

/** How far two things of one shape lie apart where they lie farthest; endless for things of two shapes. */
function farthest(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b);
  if (typeof a !== "object" || typeof b !== "object" || !a || !b)
    return a === b ? 0 : Number.POSITIVE_INFINITY;
  const [ours, theirs] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return Math.max(0, ...[...keys].map((key) => farthest(ours.get(key), theirs.get(key))));
}
