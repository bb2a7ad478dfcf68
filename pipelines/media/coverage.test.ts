import fc from "fast-check";
import { expect, test } from "vitest";
import { type CoverageWorld, coverageOf } from "./coverage.ts";
import { GAP_REASONS, type Segment } from "./media-store.ts";

const segment = (connection: string, from_ms: number, to_ms: number): Segment => ({
  ...{ id: `${from_ms}`, camera: "yard", connection, from_ms, to_ms, bytes: 1 },
});
const WORLD: CoverageWorld = { segments: [], gaps: [], expired_before_ms: 0, pending_after_ms: 100_000 };

test("spans by connection, and each hole with its reason", () => {
  const segments = [
    segment("a", 20_000, 24_000),
    segment("a", 24_010, 28_000),
    segment("b", 40_000, 44_000),
    segment("b", 60_000, 64_000),
  ];
  const gaps = [
    { from_ms: 28_000, to_ms: 40_500, why: "camera-lost" as const },
    { from_ms: 50_000, to_ms: 60_000, why: "disk-slow" as const },
  ];
  const world = { segments, gaps, expired_before_ms: 10_000, pending_after_ms: 66_000 };
  expect(coverageOf(0, 70_000, world)).toEqual({
    spans: [
      { connection: "a", from_ms: 20_000, to_ms: 28_000, bytes: 2 },
      { connection: "b", from_ms: 40_000, to_ms: 44_000, bytes: 1 },
      { connection: "b", from_ms: 60_000, to_ms: 64_000, bytes: 1 },
    ],
    holes: [
      { from_ms: 0, to_ms: 10_000, why: "expired" },
      { from_ms: 10_000, to_ms: 20_000, why: "not-recorded" },
      { from_ms: 28_000, to_ms: 40_000, why: "camera-lost" },
      { from_ms: 44_000, to_ms: 50_000, why: "not-recorded" },
      { from_ms: 50_000, to_ms: 60_000, why: "disk-slow" },
      { from_ms: 64_000, to_ms: 66_000, why: "not-recorded" },
      { from_ms: 66_000, to_ms: 70_000, why: "pending" },
    ],
  });
});

test("spans and holes together cover the time, whatever was recorded and declared", () => {
  const stretch = fc.tuple(fc.nat(90_000), fc.integer({ min: 1, max: 20_000 }));
  const gap = fc.tuple(stretch, fc.constantFrom(...GAP_REASONS));
  fc.assert(
    fc.property(fc.array(stretch), fc.array(gap), (recorded, declared) => {
      const segments = recorded.map(([from_ms, length]) => segment("a", from_ms, from_ms + length));
      const gaps = declared.map(([[from_ms, length], why]) => ({ from_ms, to_ms: from_ms + length, why }));
      const { spans, holes } = coverageOf(10_000, 80_000, { ...WORLD, segments, gaps });
      const pieces = [...spans, ...holes].toSorted((a, b) => a.from_ms - b.from_ms);
      let until_ms = 10_000;
      for (const { from_ms, to_ms } of pieces) {
        expect(Math.abs(from_ms - until_ms)).toBeLessThanOrEqual(500);
        until_ms = to_ms;
      }
      expect(until_ms).toBeGreaterThanOrEqual(79_500);
      for (const hole of holes) {
        expect(segments.filter((each) => each.from_ms < hole.to_ms && each.to_ms > hole.from_ms)).toEqual([]);
      }
    }),
  );
});
