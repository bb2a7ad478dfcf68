import { expect, test } from "vitest";
import { Deletions } from "./deletions.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const gone = { camera: "yard", rule: "camera-time", things: 3, before_ms: NOON_MS, holds: 1 } as const;

test("rounds of one rule become one entry, with the last moment and the holds that kept something", () => {
  const deletions = new Deletions();
  deletions.media(gone);
  deletions.media({ ...gone, things: 2, before_ms: NOON_MS + 60_000 });
  deletions.media({ camera: "yard", rule: "made-room", things: 5, holds: 0 });
  deletions.events(["yard-2026-11-01"]);
  expect(deletions.list().map(({ entry }) => entry)).toEqual([
    {
      object: { kind: "camera", id: "yard" },
      details: { rule: "camera-time", things: 5, before: "2026-11-22T12:01:00.000Z", holds: 1 },
    },
    { object: { kind: "camera", id: "yard" }, details: { rule: "made-room", things: 5 } },
    { object: { kind: "events", id: "yard-2026-11-01" }, details: { rule: "event-time", things: 1 } },
  ]);
});

test("what was added while an entry was written waits for the next one", () => {
  const deletions = new Deletions();
  deletions.media(gone);
  const [first] = deletions.list();
  deletions.media({ ...gone, things: 4 });
  if (first) deletions.written(first);
  expect(deletions.list().map(({ entry }) => entry.details?.["things"])).toEqual([4]);
  for (const each of deletions.list()) deletions.written(each);
  expect(deletions.list()).toEqual([]);
});

test("however many cameras there were, the rows are bounded and nothing is left out", () => {
  const deletions = new Deletions();
  for (let n = 0; n < 1_500; n++) deletions.media({ ...gone, camera: `c${n}`, things: 1 });
  const rows = deletions.list();
  expect(rows.length).toBeLessThanOrEqual(1_001);
  expect(rows.reduce((sum, { entry }) => sum + Number(entry.details?.["things"]), 0)).toBe(1_500);
});
