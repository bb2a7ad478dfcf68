import { expect, test } from "vitest";
import { readReminders, writeReminders } from "./kept-reminders.ts";

const NOW_MS = Date.parse("2026-11-30T08:00:00Z");

test("reminders are kept until they end, and what is broken is nothing", () => {
  let kept: string | null = null;
  const storage = {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
  const later = { key: "a", id: "1", ends_at: "2026-11-30T09:00:00Z" };
  writeReminders(storage, [later, { key: "b", id: "2", ends_at: "2026-11-30T07:00:00Z" }]);
  expect(readReminders(storage, NOW_MS)).toEqual([later]);
  for (const broken of ["{", "7", '[{"key":1}]']) {
    kept = broken;
    expect(readReminders(storage, NOW_MS)).toEqual([]);
  }
});
