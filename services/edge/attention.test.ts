import { expect, test } from "vitest";
import { Attention } from "./attention.ts";

test("every picture until three seconds after the last motion, and from the next motion on", () => {
  const attention = new Attention();
  expect(attention.active).toBe(true);
  const active = ["first", "still", "still", "still", "sure", "moved", "expected", "still"] as const;
  expect(
    active.map((why, index) => {
      attention.take({ at_ms: 1_700_000_000_000 + index * 1_000, why, tracks: [] });
      return attention.active;
    }),
  ).toEqual([true, true, true, false, false, true, true, true]);
});
