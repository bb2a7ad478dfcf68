import { expect, test } from "vitest";
import { flatBox, periodOfDatetime } from "./ogc.ts";
import { Refusal } from "./problem.ts";

const NOON = "2026-11-22T12:00:00Z";
const NOON_MS = Date.parse(NOON);

test.for([
  [undefined, {}],
  [NOON, { from_ms: NOON_MS, to_ms: NOON_MS + 1 }],
  ["2026-11-22T14:00:00+02:00", { from_ms: NOON_MS, to_ms: NOON_MS + 1 }],
  [`${NOON}/..`, { from_ms: NOON_MS }],
  [`${NOON}/`, { from_ms: NOON_MS }],
  [`../${NOON}`, { to_ms: NOON_MS + 1 }],
  [`${NOON}/2026-11-22T13:00:00Z`, { from_ms: NOON_MS, to_ms: NOON_MS + 3_600_001 }],
  ["../..", {}],
  ["1900-01-01T00:00:00Z/..", { from_ms: 0 }],
] as const)("datetime %s", ([datetime, period]) => {
  expect(periodOfDatetime(datetime)).toEqual(period);
});

test.for([
  "",
  "..",
  "yesterday",
  "2026-11-22",
  `${NOON}/${NOON}/${NOON}`,
  `2026-11-23T00:00:00Z/${NOON}`,
  "2026-13-01T00:00:00Z",
])("datetime %s is refused", (datetime) => {
  expect(() => periodOfDatetime(datetime)).toThrow(Refusal);
});

test("heights are not looked at", () => {
  expect([flatBox("1,2,3,4"), flatBox("1,2,0,3,4,9")]).toEqual(["1,2,3,4", "1,2,3,4"]);
});
