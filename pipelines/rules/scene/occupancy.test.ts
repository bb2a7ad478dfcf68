import { expect, test } from "vitest";
import { occupancy } from "./occupancy.ts";
import { findingsOf, momentsOf } from "./testing.ts";

test("each hour is told once it is over, in numbers of nobody in particular", () => {
  const moments = momentsOf(
    [
      { from_s: 0, to_s: 1797 },
      { from_s: 900, to_s: 1797 },
      { from_s: 3000, to_s: 5000 },
    ],
    4000,
  );
  expect(findingsOf(occupancy, moments)).toEqual([
    {
      state: "closed",
      at_ms: 3_600_000,
      key: "@0",
      data: { since_ms: 0, until_ms: 3_599_800, facts: { mean: 0.92, peak: 2, entered: 3, watched_s: 3600 } },
    },
    {
      state: "closed",
      at_ms: 4_000_000,
      key: "@3600000",
      data: {
        since_ms: 3_600_000,
        until_ms: 4_000_000,
        facts: { mean: 1, peak: 1, entered: 0, watched_s: 400 },
        ended: "lost",
      },
    },
  ]);
});
