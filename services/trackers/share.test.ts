import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { openShares } from "./share.ts";

test("a burst is free, more has to wait, and waiting helps", () => {
  const clock = handClock();
  const shares = openShares({ messages_per_s: 10, messages_at_once: 100 }, clock);
  expect(shares.charge("a", 100)).toBe(0);
  expect(shares.charge("a", 20)).toBe(2000);
  expect(shares.charge("b", 100)).toBe(0);
  clock.advance(3000);
  expect(shares.charge("a", 10)).toBe(0);
});

test("silence never saves up more than one burst", () => {
  const clock = handClock();
  const shares = openShares({ messages_per_s: 10, messages_at_once: 100 }, clock);
  shares.charge("a", 1);
  clock.advance(3_600_000);
  expect(shares.charge("a", 110)).toBe(1000);
});

test("devices beyond the limit push out the longest silent one", () => {
  const shares = openShares({ messages_per_s: 1, messages_at_once: 1 }, handClock());
  shares.charge("first", 5);
  for (let device = 0; device < 10_000; device++) shares.charge(String(device), 1);
  expect(shares.charge("first", 1)).toBe(0);
});
