import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Period } from "./question.ts";
import { bucketAt, moved, panned, selected, shownPeriod, zoomed } from "./timeline.ts";

const NOW_MS = Date.parse("2026-11-22T12:00:30Z");
const at = (time: string) => Date.parse(`2026-11-${time}Z`);
const said = ({ from_ms, to_ms }: Period) =>
  [from_ms, to_ms].map((each_ms) => new Date(each_ms).toISOString().slice(8, 16)).join("–");
const day: Period = { from_ms: at("20T00:00"), to_ms: at("21T00:00") };

describe("the timeline", () => {
  test.each([
    ["earlier", "19T12:00–20T12:00"],
    ["later", "20T12:00–21T12:00"],
    ["nearer", "20T06:00–20T18:00"],
    ["farther", "19T12:00–21T12:00"],
  ] as const)("%s: %s", (move, wanted) => {
    expect(said(moved(day, move, NOW_MS))).toBe(wanted);
  });

  test("is zoomed where the pointer is, and drawn over from either side", () => {
    expect(said(zoomed(day, 0.5, at("20T06:00"), NOW_MS))).toBe("20T03:00–20T15:00");
    expect(said(selected(at("20T08:07:11"), at("20T06:52:40"), NOW_MS))).toBe("20T06:53–20T08:07");
  });

  test("shows what was asked for, or what there is", () => {
    const bucket = { at_ms: at("21T10:00"), count: 1, info: 1, notice: 0, alarm: 0 };
    const question = { q: "", order: "newest", ...day } as const;
    const counts = { every: "hour", buckets: [bucket] } as const;
    expect(said(shownPeriod({ ...question, isBounded: true, isOpen: false }, counts))).toBe(
      "20T00:00–21T00:00",
    );
    const all = { ...question, isBounded: false, isOpen: true, from_ms: 0, to_ms: NOW_MS };
    expect(said(shownPeriod(all, counts))).toBe("21T10:00–22T12:00");
    expect(bucketAt(counts, at("21T10:59"))).toBe(bucket);
    expect(bucketAt(counts, at("21T11:00"))).toBeUndefined();
    const minutes = { every: "minute", buckets: [bucket] } as const;
    expect([bucketAt(minutes, at("21T10:00:59")), bucketAt(minutes, at("21T10:01"))]).toEqual([
      bucket,
      undefined,
    ]);
  });
});

test("wherever it goes, it ends by now, is a minute at least, and has room between its ends", () => {
  const begin = fc.integer({ min: NOW_MS - 999 * 86_400_000, max: NOW_MS - 60_000 });
  const step = fc.oneof(
    fc.constantFrom("earlier" as const, "later" as const, "nearer" as const, "farther" as const),
    fc.double({ min: -3, max: 3, noNaN: true }),
  );
  fc.assert(
    fc.property(begin, fc.array(step, { maxLength: 20 }), (from_ms, steps) => {
      let period: Period = { from_ms, to_ms: NOW_MS };
      for (const each of steps) {
        period = typeof each === "number" ? panned(period, each, NOW_MS) : moved(period, each, NOW_MS);
        expect(period.to_ms - period.from_ms).toBeGreaterThanOrEqual(60_000);
        expect(period.to_ms).toBeLessThanOrEqual(NOW_MS + 60_000);
        expect(Number.isInteger(period.from_ms)).toBe(true);
      }
    }),
  );
});
