import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { progressOf, sizeOf } from "./progress.ts";

test("quick work says nothing, longer work where it is, at most every two seconds", () => {
  const clock = handClock();
  const told: string[] = [];
  const progress = progressOf(clock, 3_000_000_000, (line) => void told.push(line));
  for (let ms = 0; ms < 5_000; ms += 500) {
    clock.advance(500);
    progress.add(300_000_000, `file ${ms}`);
  }
  expect(told).toEqual(["1.2 GB of 3.0 GB: file 1500", "2.4 GB of 3.0 GB: file 3500"]);
});

test("where the whole is not known, it is not told", () => {
  const clock = handClock();
  const told: string[] = [];
  const progress = progressOf(clock, 0, (line) => void told.push(line));
  clock.advance(2_000);
  progress.add(10, "file");
  expect(told).toEqual(["10 bytes: file"]);
});

test("sizes are told as people say them", () => {
  expect([0, 999, 1_000, 123_456, 5_400_000, 2_000_000_000_000].map(sizeOf)).toEqual([
    "0 bytes",
    "999 bytes",
    "1.0 kB",
    "123 kB",
    "5.4 MB",
    "2.0 TB",
  ]);
});
