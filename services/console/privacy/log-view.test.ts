import fc from "fast-check";
import { expect, test } from "vitest";
import { dayBegin, detailsOf, formatLog, LOG_FIELDS, logQuery, parseLog } from "./log-view.ts";

test("an address gives the view that made it, and what nobody can mean is left out", () => {
  const text = fc
    .string({ minLength: 1, maxLength: 20 })
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const view = fc.record(
    {
      who: text,
      action: fc.constantFrom("look", "export", "audit"),
      object_kind: text,
      object_id: text,
      incident: text,
      from: fc.constantFrom("2026-11-01", "2026-11-22"),
      to: fc.constantFrom("2026-11-23"),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(view, (each) => {
      expect(parseLog(formatLog(each))).toEqual({ ...each });
    }),
  );
  expect(parseLog("?action=__proto__&from=yesterday&to=2026-13-45&who=%20&other=1")).toEqual({});
  expect(LOG_FIELDS.length).toBe(7);
});

test("days are the town's: from the first moment of one to the first of the day after the other", () => {
  const instantOf = (day: string, more: number) => dayBegin(day, more, "Europe/Kyiv");
  expect(logQuery({ who: "olena", from: "2026-11-22", to: "2026-11-22" }, instantOf, "b7")).toBe(
    "?who=olena&from=2026-11-21T22%3A00%3A00.000Z&to=2026-11-22T22%3A00%3A00.000Z&cursor=b7",
  );
  expect(logQuery({}, instantOf)).toBe("");
});

test("a day on which the clocks change begins when it begins", () => {
  expect(dayBegin("2026-03-29", 0, "Europe/Kyiv")).toBe("2026-03-28T22:00:00.000Z");
  expect(dayBegin("2026-03-29", 1, "Europe/Kyiv")).toBe("2026-03-29T21:00:00.000Z");
  expect(dayBegin("2026-10-25", 1, "Europe/Kyiv")).toBe("2026-10-25T22:00:00.000Z");
  expect(dayBegin("2026-11-22", 0, "America/New_York")).toBe("2026-11-22T05:00:00.000Z");
});

test("details as they were written", () => {
  const entry = {
    ...{ seq: 1, at: "2026-11-22T12:00:00Z", who: "olena", from: "", action: "configure" as const },
    object: { kind: "camera", id: "yard" },
  };
  expect(detailsOf(entry)).toEqual([]);
  expect(detailsOf({ ...entry, details: { change: "mask", ok: true } })).toEqual([
    "change: mask",
    "ok: true",
  ]);
});
