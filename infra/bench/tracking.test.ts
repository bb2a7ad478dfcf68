import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureTracking } from "./tracking.ts";

const TRACKS = join(import.meta.dirname, "../../../shared/data/video/tracks");

test.skipIf(!existsSync(TRACKS))("identities are kept within their budgets (needs ../shared/data)", () => {
  // Speed is for the bench to tell.
  const rows = measureTracking(TRACKS).filter(({ unit }) => unit !== "ms");
  const missed = rows.filter(
    ({ value, budget: { least = 0, most = Number.POSITIVE_INFINITY } }) => value < least || value > most,
  );
  expect([rows.length, missed]).toEqual([4, []]);
});
