import { runOf } from "@yardline/matching/testing";
import { smallTownTimetable } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { checkMemory, knowledgeOf, memoryOf, newKnowledge } from "./knowledge.ts";

const timetable = await smallTownTimetable();
const EAST = { timetable, run: runOf(timetable, "east-08:00", "20260601") };
const NOW = Date.parse("2026-06-01T08:00:00+03:00");
const DAY_MS = 86_400_000;
const LEG = { stop: 2, due_ms: NOW, driving_ms: 75_000, whole: true };

/** A town in which the second link takes half as long again. */
function learnt() {
  const knowledge = newKnowledge();
  for (let i = 0; i < 20; i += 1) {
    const at_ms = NOW + i * 600_000;
    const late_ms = 37_500 - knowledge.paces.extrasOn(EAST, at_ms)(LEG);
    knowledge.paces.learn({ ...EAST, legs: [LEG], took_ms: 112_500, late_ms, at_ms });
    knowledge.spread.learn(300, false, 100);
  }
  return memoryOf(knowledge, NOW + 20 * 600_000);
}

const extra_ms = (memory: Parameters<typeof knowledgeOf>[0], now_ms: number) =>
  knowledgeOf(memory, now_ms).paces.extrasOn(EAST, now_ms)(LEG);

test("what was learnt is known the next day, and after any trip through a file", () => {
  const memory = learnt();
  expect(extra_ms(memory, NOW + DAY_MS)).toBeGreaterThan(25_000);
  const read = checkMemory(JSON.parse(JSON.stringify(memory)), "memory.json");
  expect(read).toEqual(memory);
  expect(memoryOf(knowledgeOf(read, memory.learnt_to_ms), memory.learnt_to_ms)).toEqual(memory);
});

test("the older a memory, the less sure; one from the future counts as of now", () => {
  const memory = learnt();
  const unsure = (now_ms: number) =>
    memoryOf(knowledgeOf(memory, now_ms), now_ms).paces.links.map(([, , variance]) => variance)[0] ?? 1;
  expect(unsure(NOW + DAY_MS)).toBeGreaterThan(unsure(NOW));
  expect(unsure(NOW - 90 * DAY_MS)).toBe(unsure(NOW));
});

const MEMORY = learnt();
test.for([
  ["nothing", undefined],
  ["another format", { format: "geojson" }],
  ["one cut short", { ...MEMORY, spread: undefined }],
  ["a factor that is no number", { ...MEMORY, paces: { ...MEMORY.paces, links: [["x", null, 1]] } }],
  [
    "a table of another length",
    { ...MEMORY, spread: { ...MEMORY.spread, waiting: { low_s: [], middle_s: [], high_s: [] } } },
  ],
] as const)("%s is refused in one sentence", ([, value]) => {
  expect(() => checkMemory(value, "memory.json")).toThrow(
    "memory.json is no memory of arrivals, or a damaged one; remove it to learn anew.",
  );
});

test("a memory of another version says so", () => {
  expect(() => checkMemory({ ...MEMORY, version: 9 }, "memory.json")).toThrow("of version 9");
});
