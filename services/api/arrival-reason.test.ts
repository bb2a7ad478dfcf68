import { expect, test } from "vitest";
import { reasonOf } from "./arrival-reason.ts";
import { NOON_MS } from "./testing/scenes.ts";

test.for([
  { basis: "live", age_s: 20, says: "By where the bus was 20 s ago." },
  { basis: "live", age_s: 119, says: "By where the bus was 119 s ago." },
  { basis: "live", age_s: 170, says: "By where the bus was 3 min ago." },
  { basis: "live", age_s: -3, says: "By where the bus was 0 s ago." },
  {
    basis: "live",
    age_s: 20,
    next_run: true,
    says: "The bus is still on its trip before this one; the time is by where it is now.",
  },
  { basis: "live", age_s: undefined, says: "By where the bus is." },
  { basis: "lost", age_s: 600, says: "No signal from the bus since 13:50, so this time is a guess." },
  { basis: "lost", age_s: undefined, says: "No signal from the bus, so this time is a guess." },
  {
    basis: "timetable",
    age_s: undefined,
    says: "By the timetable only: the bus does not report where it is.",
  },
] as const)("$basis, $age_s s ago: $says", ({ basis, age_s, says, ...more }) => {
  const signal = age_s === undefined ? {} : { signal_at_ms: NOON_MS - age_s * 1_000 };
  const reason = reasonOf({ basis, ...more, ...signal }, NOON_MS, "Europe/Kyiv");
  expect(reason.en).toBe(says);
  expect(Object.values(reason).every((sentence) => sentence.endsWith("."))).toBe(true);
});
