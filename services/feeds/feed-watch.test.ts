import { expect, test } from "vitest";
import { FeedWatch } from "./feed-watch.ts";

const STALE_MS = 60_000;
const T = 1_000_000_000;

test("nothing is told before it has spoken; then that it is fresh, once", () => {
  const watch = new FeedWatch(STALE_MS, T);
  expect(watch.look(T + 1_000)).toBeUndefined();
  expect(watch.heard(T, T + 2_000)).toBe(true);
  expect([watch.look(T + 2_000), watch.look(T + 3_000)]).toEqual([{ kind: "fresh", at_ms: T }, undefined]);
});

test("lost for one reason and then another is one loss, until it is back", () => {
  const watch = new FeedWatch(STALE_MS, T);
  expect(watch.look(T + 60_001)).toEqual({ kind: "lost", since_ms: T, why: "silent" });
  watch.failed("refused");
  expect(watch.look(T + 70_000)).toEqual({ kind: "lost", since_ms: T, why: "refused" });
  watch.heard(T + 79_000, T + 80_000);
  expect(watch.look(T + 80_000)).toEqual({ kind: "fresh", at_ms: T + 79_000 });
  expect(watch.look(T + 140_000)).toEqual({ kind: "lost", since_ms: T + 79_000, why: "silent" });
});

test("old data that stand still are stale, old data that go on are a wrong clock, as are those of the future", () => {
  const still = new FeedWatch(STALE_MS, T);
  const goingOn = new FeedWatch(STALE_MS, T);
  for (let at_ms = T; at_ms <= T + 120_000; at_ms += 10_000) {
    expect([still.heard(T - 3_600_000, at_ms), goingOn.heard(at_ms - 3_600_000, at_ms)]).toEqual([
      false,
      false,
    ]);
  }
  const later = T + 120_000;
  expect([still, goingOn].map((watch) => watch.look(later))).toMatchObject([
    { why: "stale" },
    { why: "clock" },
  ]);
  const ahead = new FeedWatch(STALE_MS, T);
  expect([ahead.heard(T + 300_000, T), ahead.heard(T + 300_001, T)]).toEqual([true, false]);
});
