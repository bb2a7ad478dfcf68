import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEntryOf } from "@yardline/events/catalogue";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { expect, onTestFinished, test } from "vitest";
import { fillIndex, measureQuestions, sizeOf } from "./embedded-index.ts";
import { randomOf, townEvents } from "./town-events.ts";

const FROM_MS = Date.parse("2026-01-01T00:00:00Z");
const TOWN = { events: 3_000, from_ms: FROM_MS, to_ms: FROM_MS + 40 * 86_400_000, seed: 1 };

test("the same seed makes the same events, in order and as the catalogue wants them", () => {
  const make = (seed: number) => [...townEvents(500, TOWN.from_ms, TOWN.to_ms, seed)];
  const events = make(1);
  expect(make(1)).toEqual(events);
  expect(make(2)).not.toEqual(events);
  for (const event of events) expect(findEntryOf(event)?.validator().Check(event.data)).toBe(true);
  expect(new Set(events.map(({ occurrence }) => occurrence)).size).toBe(events.length);
  expect(new Set(events.map(({ type }) => type)).size).toBe(4);
});

test("a small town is put, asked and weighed as a large one is", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const index = await openEmbeddedIndex({ folder });
  const filled = await fillIndex(index, TOWN, () => undefined);
  expect(filled.events_per_s).toBeGreaterThan(0);
  expect(await index.count({ to_ms: TOWN.to_ms })).toEqual({ value: TOWN.events, exact: true });
  const measured = await measureQuestions(index, TOWN, 5, randomOf(1));
  expect(measured).toHaveLength(10);
  const silent = measured.filter(({ found }) => found === 0).map(({ name }) => name);
  // Lent vehicles are as rare as they are meant to be.
  expect(silent.filter((name) => !/^rare code|^four filters/.test(name))).toEqual([]);
  await index.close();
  expect(sizeOf(folder)).toBeGreaterThan(TOWN.events * 100);
});
