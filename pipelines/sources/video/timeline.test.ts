import fc from "fast-check";
import { expect, test } from "vitest";
import { createTimeline } from "./timeline.ts";

const NOON_MS = Date.parse("2026-05-01T12:00:00Z");
const FRAME_MS = 40;

/** Frames of 40 ms, each handed over at its end plus a delay. @returns the capture time of each one's beginning. */
function capturesOf(delays_ms: readonly number[], { drift = 0, wall_ms = (t: number) => t } = {}) {
  const timeline = createTimeline();
  let arrived_ms = 0;
  return delays_ms.map((delay_ms, i) => {
    const pts_ms = i * FRAME_MS;
    // Packets of one stream never overtake each other.
    arrived_ms = Math.max(arrived_ms, (pts_ms + FRAME_MS) * (1 + drift) + delay_ms);
    const steady = timeline.arrive(pts_ms + FRAME_MS, {
      now_ms: NOON_MS + wall_ms(arrived_ms),
      monotonic_ms: 1_000_000 + arrived_ms,
    });
    return { steady, at_ms: timeline.captureOf(pts_ms) - NOON_MS, arrived_ms, true_ms: pts_ms * (1 + drift) };
  });
}

test("a steady camera's capture times are its presentation times", () => {
  const captures = capturesOf(new Array(100).fill(5));
  expect(captures.map(({ at_ms }) => at_ms)).toEqual(captures.map((_, i) => i * FRAME_MS + 5));
});

test("captures follow each other and stay before their arrivals, but for a twentieth of a burst", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { minLength: 2, maxLength: 400 }), (delays_ms) => {
      const captures = capturesOf(delays_ms);
      for (const [i, { at_ms, arrived_ms, steady }] of captures.entries()) {
        expect(steady).toBe(true);
        expect(at_ms).toBeLessThanOrEqual(arrived_ms + i * FRAME_MS * 0.05 + 1);
        expect(at_ms).toBeGreaterThan(captures[i - 1]?.at_ms ?? -1);
      }
    }),
  );
});

test("a connection that begins with an old burst is right within seconds", () => {
  const late_burst = Array.from({ length: 400 }, (_, i) => Math.max(0, 2_000 - i * FRAME_MS));
  const captures = capturesOf(late_burst);
  expect(captures[0]?.at_ms).toBe(2_000);
  const settled = captures.slice(60);
  expect(settled.map(({ at_ms, true_ms }) => at_ms - true_ms)).toEqual(settled.map(() => 0));
});

test("a camera whose clock runs slow or fast is followed", () => {
  for (const drift of [0.002, -0.002]) {
    const last = capturesOf(new Array(10_000).fill(0), { drift }).at(-1);
    expect(Math.abs((last?.at_ms ?? 0) - (last?.true_ms ?? 0))).toBeLessThan(150);
  }
});

test("a wall clock that is set right by seconds is followed without a step back", () => {
  const captures = capturesOf(new Array(2_000).fill(0), { wall_ms: (t) => (t < 20_000 ? t : t - 3_000) });
  for (const [i, { at_ms }] of captures.entries()) {
    expect(at_ms).toBeGreaterThan(captures[i - 1]?.at_ms ?? -1);
  }
  expect(captures.at(-1)?.at_ms).toBe(1_999 * FRAME_MS - 3_000);
});

test("a clock that jumps by more ends the connection", () => {
  const minute_off = capturesOf(new Array(20).fill(0), { wall_ms: (t) => (t < 400 ? t : t + 60_000) });
  expect(minute_off.map(({ steady }) => steady).indexOf(false)).toBe(9);
  const timeline = createTimeline();
  expect(timeline.arrive(40, { now_ms: NOON_MS, monotonic_ms: 0 })).toBe(true);
  expect(timeline.arrive(3_600_040, { now_ms: NOON_MS + 40, monotonic_ms: 40 })).toBe(false);
});
