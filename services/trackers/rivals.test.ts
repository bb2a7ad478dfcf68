import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { openRivals } from "./rivals.ts";

/** After which of its connections, a second apart, a name is said to have two devices. */
function quarrels(hosts: string, every_ms = 1_000): readonly number[] {
  const clock = handClock();
  const { note } = openRivals(clock);
  return [...hosts].flatMap((host, i) => {
    clock.advance(every_ms);
    return note("egts:1", host) ? [i] : [];
  });
}

test.for([
  ["two that push each other out", "ABABAB", [4]],
  ["one that connects again and again", "AAAAAAAAAA", []],
  ["one whose network gives it a new address each time", "ABCDEFGHIJ", []],
  ["one that changes its address once", "AAAABBBBBB", []],
  ["two, one of them now and then twice", "AABBABAAB", [6]],
] as const)("%s", ([, hosts, expected]) => {
  expect(quarrels(hosts)).toEqual(expected);
});

test("what goes on for an hour is not two, however it changes", () => {
  expect(quarrels("ABABABABAB", 10 * 60_000)).toEqual([]);
});

test("a long quarrel is told again and again, not at each connection", () => {
  expect(quarrels("ABABABABABABABABABAB")).toEqual([4, 9, 14, 19]);
});
