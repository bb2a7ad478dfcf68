import { expect, test } from "vitest";
import { bySeverity, dayAt } from "./gtfs-findings.ts";

const finding = (severity: "ERROR" | "WARNING" | "INFO", code: string, count: number) => ({
  ...{ severity, code, count },
  examples: [],
});

test("the worst first, then the most frequent; places are counted", () => {
  const parts = bySeverity([
    finding("INFO", "unknown_file", 1),
    finding("ERROR", "empty_file", 1),
    finding("ERROR", "duplicate_key", 7),
  ]);
  expect(parts.map(({ severity, places, findings }) => [severity, places, findings[0]?.code])).toEqual([
    ["ERROR", 8, "duplicate_key"],
    ["INFO", 1, "unknown_file"],
  ]);
});

test("a service day is that day", () => {
  expect(dayAt("20261130")).toBe("2026-11-30T12:00:00Z");
});
