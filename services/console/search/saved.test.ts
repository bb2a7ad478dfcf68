import { expect, test } from "vitest";
import type { SavedSearch } from "../api/types.ts";
import { isCounted, mayAlert, parseSeen, wishOf, withSeen } from "./saved.ts";

const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };
const saved = (id: string, q = "label:dog"): SavedSearch => ({
  ...{ id, q, name: id, shared: false, alert: true, tenant: "verba", owner: "o" },
  changed_at: "2026-11-22T12:00:00Z",
});

test("when one is looked at, those that are gone are forgotten", () => {
  const seen = { a: "2026-11-20T00:00:00Z", gone: "2026-11-20T00:00:00Z" };
  expect(withSeen(seen, [saved("a"), saved("b")], "b", NOW.now_ms)).toEqual({
    a: "2026-11-20T00:00:00Z",
    b: "2026-11-22T12:00:00.000Z",
  });
});

test.each([[null], ["["], ["[]"], ["1"], ['{"a":1}']])("%s is nothing seen", (kept) => {
  expect(parseSeen(kept)).toEqual({});
});

test("one that alerts is saved without its time", () => {
  const typed = { name: "Dogs", q: "label:dog yesterday", shared: true };
  expect(wishOf({ ...typed, alert: true }, NOW).q).toBe("label:dog");
  expect(wishOf({ ...typed, alert: false }, NOW).q).toBe("label:dog yesterday");
  expect([mayAlert("label:dog yesterday", NOW), mayAlert("yesterday", NOW)]).toEqual([true, false]);
  expect([isCounted(saved("a"), NOW), isCounted(saved("a", "dog yesterday"), NOW)]).toEqual([true, false]);
});
