import { expect, test } from "vitest";
import { isTimePattern, readTime } from "./written-time.ts";

const NEAR = Date.parse("2026-07-04T00:00:00Z");
const kyiv = (format: string) => ({ format, timezone: "Europe/Kyiv" });

test.for([
  { value: "2026-07-04 01:04:42", format: "iso", is: "2026-07-03T22:04:42Z" },
  { value: "2026-07-04T01:04:42Z", format: "iso", is: "2026-07-04T01:04:42Z" },
  { value: "2026-07-04T01:04:42.5+0300", format: "iso", is: "2026-07-03T22:04:42.500Z" },
  { value: 1783116282, format: "epoch-s", is: "2026-07-03T22:04:42Z" },
  { value: "1783116282500", format: "epoch-ms", is: "2026-07-03T22:04:42.500Z" },
  { value: "4.7.2026 1:04", format: "dd.MM.yyyy HH:mm", is: "2026-07-03T22:04:00Z" },
  { value: "20260704010442", format: "yyyyMMddHHmmss", is: "2026-07-03T22:04:42Z" },
])("$value as $format", ({ value, format, is }) => {
  expect(readTime(value, kyiv(format), NEAR)).toBe(Date.parse(is));
});

test.for([
  { value: "2026-02-30 01:00:00", format: "iso" },
  { value: "2026-07-04 25:00:00", format: "iso" },
  { value: "", format: "epoch-s" },
  { value: null, format: "epoch-ms" },
  { value: "31.02.2026 01:00", format: "dd.MM.yyyy HH:mm" },
  { value: "now", format: "dd.MM.yyyy HH:mm" },
])("$value is no time", ({ value, format }) => {
  expect(readTime(value, kyiv(format), NEAR)).toBeUndefined();
});

test("of an hour that the clocks show twice in autumn the nearer one is meant", () => {
  const hours = ["2026-10-25T00:31:00Z", "2026-10-25T01:31:00Z"].map((text) => Date.parse(text));
  expect(hours.map((now) => readTime("2026-10-25 03:30:00", kyiv("iso"), now))).toEqual(
    hours.map((now) => now - 60_000),
  );
});

test("a pattern names each part of a day and a minute", () => {
  expect(["dd.MM.yyyy HH:mm:ss", "HH:mm", "yyyy-MM-dd HH:mm MM"].map(isTimePattern)).toEqual([
    true,
    false,
    false,
  ]);
});
