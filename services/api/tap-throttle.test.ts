import { expect, test } from "vitest";
import { TapThrottle } from "./tap-throttle.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const MINUTE_MS = 60_000;

function taps(throttle = new TapThrottle()) {
  return (address: string, stop = "market", line = "r3", after_min = 0) => {
    const verdict = throttle.judge(address, stop, line, NOON_MS + after_min * MINUTE_MS);
    return typeof verdict === "string" ? verdict : `wait ${verdict.wait_ms / MINUTE_MS} min`;
  };
}

test("a tap counts once in ten minutes, from one place, about one stop and line", () => {
  const tap = taps();
  expect(tap("10.0.0.1")).toBe("count");
  expect(tap("10.0.0.1", "market", "r3", 9)).toBe("again");
  expect(tap("10.0.0.2")).toBe("count");
  expect(tap("10.0.0.1", "market", "r4")).toBe("count");
  expect(tap("10.0.0.1", "station")).toBe("count");
  expect(tap("10.0.0.1", "market", "r3", 10)).toBe("count");
});

test("one place taps about ten things in ten minutes, and not more", () => {
  const tap = taps();
  for (let n = 0; n < 10; n += 1) expect(tap("10.0.0.1", `stop ${n}`)).toBe("count");
  expect(tap("10.0.0.1", "stop 10", "r3", 4)).toBe("wait 6 min");
  expect(tap("10.0.0.1", "stop 0", "r3", 4)).toBe("again");
  expect(tap("10.0.0.1", "stop 10", "r3", 10)).toBe("count");
});

test("of one stop sixty are counted, from however many places", () => {
  const tap = taps();
  for (let n = 0; n < 60; n += 1) expect(tap(`10.0.1.${n}`)).toBe("count");
  expect(tap("10.0.2.1")).toBe("wait 10 min");
  expect(tap("10.0.2.1", "station")).toBe("count");
});

test.for([
  ["2001:db8::1", "2001:db8::2", "again"],
  ["2001:db8:0:0:1::1", "2001:db8:0:0:2::1", "again"],
  ["2001:db8:0:1::1", "2001:db8:0:2::1", "count"],
  ["::1", "::2", "again"],
] as const)("%s and %s: %s", ([one, other, verdict]) => {
  const tap = taps();
  tap(one);
  expect(tap(other)).toBe(verdict);
});

test("on another day nothing is known of this one, and what is remembered is no address", () => {
  const throttle = new TapThrottle();
  const tap = taps(throttle);
  tap("10.0.0.1");
  expect(tap("10.0.0.1", "market", "r3", 12 * 60)).toBe("count");
  expect(JSON.stringify(Object.values(throttle))).not.toContain("10.0.0.1");
});

test("from very many places at once the memory stays small", () => {
  const tap = taps();
  for (let n = 0; n < 30_000; n += 1) tap(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, `stop ${n}`);
  expect(tap("10.0.0.1", "stop 1")).toBe("count");
});
