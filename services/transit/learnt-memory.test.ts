import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Network } from "@yardline/matching/network";
import { drive, runOf } from "@yardline/matching/testing";
import { newKnowledge } from "@yardline/prediction/knowledge";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { startOf } from "@yardline/timetable/timetable";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Fleet } from "./fleet.ts";
import { LearntMemory } from "./learnt-memory.ts";

const timetable = await smallTownTimetable();
const network = new Network([timetable]);
const log = pino({ level: "silent" });
const NOW = Date.parse("2026-06-01T09:00:00+03:00");
const MINUTE_MS = 60_000;

/** A bus that takes half as long again as its timetable. */
const run = runOf(timetable, "east-08:00", "20260601");
const slow = drive(run, { every_s: 20, trip_id: "east-08:00" }).map((fix) => {
  const at_ms = startOf(run) + 1.5 * (fix.at_ms - startOf(run));
  return { ...fix, at_ms, vehicle_id: "7", received_at_ms: at_ms };
});

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-memory-"));
});
afterEach(() => rm(folder, { recursive: true }));
const openRecords = () => openSqliteRecords({ path: join(folder, "records.sqlite") });

test("what was learnt is kept each ten minutes, and a new process knows it and does not learn it twice", async () => {
  const records = await openRecords();
  const memory = await LearntMemory.open(records, NOW - 20 * MINUTE_MS, log);
  const fleet = new Fleet(network, memory.knowledge, memory.learnt_to_ms);
  for (const fix of slow) fleet.take([fix], false);
  await memory.note(NOW - 15 * MINUTE_MS);
  expect(await records.find("transit-memory", "arrivals")).toBeUndefined();
  await memory.note(NOW);
  await records.close();

  const again = await openRecords();
  const next = await LearntMemory.open(again, NOW + MINUTE_MS, log);
  await again.close();
  expect(next.learnt_to_ms).toBe(NOW);
  const kept = next.knowledge.paces.keep(NOW);
  expect(kept.links.length).toBeGreaterThan(0);
  const resumed = new Fleet(network, next.knowledge, next.learnt_to_ms);
  for (const fix of slow) resumed.take([fix], true);
  expect(next.knowledge.paces.keep(NOW)).toEqual(kept);
});

test("a memory that cannot be read is told and left out", async () => {
  const records = await openRecords();
  await records.write([{ kind: "transit-memory", id: "arrivals", value: { format: "something else" } }]);
  const memory = await LearntMemory.open(records, NOW, log);
  await records.close();
  expect(memory.learnt_to_ms).toBe(0);
  expect(memory.knowledge.paces.keep(NOW)).toEqual(newKnowledge().paces.keep(NOW));
});
