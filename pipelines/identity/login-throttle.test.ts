import { expect, test } from "vitest";
import { LoginThrottle } from "./login-throttle.ts";
import { NOON_MS } from "./testing.ts";

const HERE = "192.0.2.1";
const guess = (throttle: LoginThrottle, times: number, login = "olena", address = HERE, at_ms = NOON_MS) => {
  for (let time = 0; time < times; time++) throttle.failed(login, address, at_ms);
};

test("five tries are free; then each wrong one doubles the wait, up to a quarter of an hour", () => {
  const throttle = new LoginThrottle();
  const waits_s = Array.from({ length: 18 }, () => {
    guess(throttle, 1);
    return throttle.waitOf_ms("olena", HERE, NOON_MS) / 1_000;
  });
  expect(waits_s).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
});

test("the owner elsewhere does not wait, nor does somebody else from there", () => {
  const throttle = new LoginThrottle();
  guess(throttle, 10);
  expect(throttle.waitOf_ms("olena", "198.51.100.7", NOON_MS)).toBe(0);
  expect(throttle.waitOf_ms("petro", HERE, NOON_MS)).toBe(0);
});

test("a place that tries many logins waits with each of them", () => {
  const throttle = new LoginThrottle();
  for (let one = 0; one < 25; one++) guess(throttle, 1, `login${one}`);
  expect(throttle.waitOf_ms("petro", HERE, NOON_MS)).toBe(32_000);
});

test.for([
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true],
  ["2001:db8::1", "2001:db8:0:0:5::1", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["::ffff:192.0.2.1", "192.0.2.1", true],
  ["::1", "::2", true],
] as const)("whether %s and %s are one place: %s", ([one, other, same]) => {
  const throttle = new LoginThrottle();
  guess(throttle, 10, "olena", one);
  expect(throttle.waitOf_ms("olena", other, NOON_MS) > 0).toBe(same);
});

test("an hour without a try, or signing in, and it is forgotten", () => {
  const throttle = new LoginThrottle();
  guess(throttle, 30);
  expect(throttle.waitOf_ms("olena", HERE, NOON_MS + 3_600_000)).toBe(0);
  guess(throttle, 10, "petro", "192.0.2.9");
  throttle.succeeded("petro", "192.0.2.9");
  expect(throttle.waitOf_ms("petro", "192.0.2.9", NOON_MS)).toBe(0);
});

test("a clock that is set back by a day lets people in", () => {
  const throttle = new LoginThrottle();
  guess(throttle, 10);
  expect(throttle.waitOf_ms("olena", HERE, NOON_MS - 86_400_000)).toBe(0);
});

test("a flood of names is forgotten, oldest first", () => {
  const throttle = new LoginThrottle();
  guess(throttle, 10, "first", "192.0.2.77");
  for (let one = 0; one < 21_000; one++) guess(throttle, 1, `login${one}`, `10.0.${one >> 8}.${one & 255}`);
  expect(throttle.waitOf_ms("first", "192.0.2.77", NOON_MS)).toBe(0);
});
