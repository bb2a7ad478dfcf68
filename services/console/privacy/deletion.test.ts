import { expect, test } from "vitest";
import { deletionOf } from "./deletion.ts";

const entry = (object: { kind: string; id: string }, details: Record<string, string | number | boolean>) => ({
  ...{ seq: 7, at: "2026-11-22T12:00:00Z", who: "(box)", from: "", action: "delete" as const },
  ...{ object, details },
});

test("recording of a camera, with its rule, the last moment and what was held", () => {
  const before = "2026-11-19T12:00:00Z";
  const told = { rule: "camera-time", things: 7, before, holds: 1 };
  expect(deletionOf(entry({ kind: "camera", id: "yard" }, told))).toEqual({
    ...{ seq: 7, at: "2026-11-22T12:00:00Z", camera: "yard", rule: "deletion.camera-time" },
    ...{ counted: "deletion.things", things: 7, before, holds: 1, isEarly: false },
  });
});

test("what the disk had no room for went early; details of another release cost no page", () => {
  expect(deletionOf(entry({ kind: "camera", id: "yard" }, { rule: "made-room", things: 2 })).isEarly).toBe(
    true,
  );
  expect(deletionOf(entry({ kind: "events", id: "p" }, { rule: "new", before: "soon" }))).toEqual({
    ...{ seq: 7, at: "2026-11-22T12:00:00Z", period: "p", rule: "deletion.other" },
    ...{ counted: "deletion.periods", things: 0, holds: 0, isEarly: false },
  });
});

test("events that lost what told of people are counted as events, and name no period", () => {
  const { camera, period, rule, counted, things } = deletionOf(
    entry({ kind: "events", id: "bus" }, { rule: "personal-time", things: 12 }),
  );
  expect([camera, period, rule, counted, things]).toEqual([
    undefined,
    undefined,
    "deletion.personal-time",
    "deletion.faded",
    12,
  ]);
});
