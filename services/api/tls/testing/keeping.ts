import { setTimeout as delay } from "node:timers/promises";
import { handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { Pair } from "../certificate.ts";
import type { KeepingParts } from "../keeping.ts";

/** What a keeper of certificates stands on in a test: looks again at once, remembers what was taken into use and what was logged. */
export function testKeeping(use: (pair: Pair) => Promise<void> = async () => undefined) {
  const clock = handClock(Date.now());
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const used: Pair[] = [];
  const lines: string[] = [];
  const parts: KeepingParts = {
    name: "town.example",
    clock,
    log: pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }),
    random: () => 0.5,
    wait: (_, signal) => delay(5, undefined, { signal }),
    async use(pair) {
      await use(pair);
      used.push(pair);
    },
  };
  return { parts, clock, used, lines, stop };
}
