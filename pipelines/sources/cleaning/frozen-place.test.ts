import fc from "fast-check";
import { expect, test } from "vitest";
import { type FrozenPlace, hearPlace, NEVER_HEARD } from "./frozen-place.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const HERE = { latitude: 49.5, longitude: 31.25 };
type Said = Parameters<typeof hearPlace>[1];

/** Fixes at one place, each ten seconds; the rest by their number. */
function said(
  count: number,
  more: (i: number) => Partial<Said> = () => ({}),
  from_ms = NOW,
): readonly Said[] {
  return Array.from({ length: count }, (_, i) => ({ ...HERE, at_ms: from_ms + i * 10_000, ...more(i) }));
}
const heard = (fixes: readonly Said[], from: FrozenPlace = NEVER_HEARD) => fixes.reduce(hearPlace, from);
const trembling = (i: number) => ({ latitude: HERE.latitude + 1e-6 * i, speed_mps: 0.1 });

test("one place of a bus that says it drives is an old place, until it says another", () => {
  const frozen = heard(said(6, () => ({ speed_mps: 9 })));
  expect(frozen.frozen).toBe(true);
  // It stays so at the lights.
  expect(
    heard(
      said(3, () => ({ speed_mps: 0 }), NOW + 60_000),
      frozen,
    ).frozen,
  ).toBe(true);
  expect(hearPlace(frozen, { ...HERE, longitude: 31.251, at_ms: NOW + 70_000, speed_mps: 9 }).frozen).toBe(
    false,
  );
});

test("one place of a bus whose wheels turn is an old place", () => {
  expect(heard(said(4, (i) => ({ odometer_m: 5_000 + 90 * i }))).frozen).toBe(false);
  expect(heard(said(5, (i) => ({ odometer_m: 5_000 + 90 * i }))).frozen).toBe(true);
});

test("a receiver that trembles and is suddenly still for ten minutes is frozen", () => {
  const awake = heard(said(30, trembling));
  expect(awake.frozen).toBe(false);
  expect(
    heard(
      said(59, () => ({ speed_mps: 0 }), NOW + 300_000),
      awake,
    ).frozen,
  ).toBe(false);
  expect(
    heard(
      said(62, () => ({ speed_mps: 0 }), NOW + 300_000),
      awake,
    ).frozen,
  ).toBe(true);
});

test("a parked bus is parked: a receiver that holds its place still says nothing against it, however long", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.double({ min: 0, max: 2.9, noNaN: true }),
      (count, speed_mps) => {
        expect(heard(said(count, () => ({ speed_mps, odometer_m: 7_000 }))).frozen).toBe(false);
      },
    ),
    { numRuns: 20 },
  );
});

test("the same fix again, or an older one, is no evidence", () => {
  const again = Array.from({ length: 100 }, (_, i) => ({ ...HERE, speed_mps: 9, at_ms: NOW - i }));
  expect(heard(again).frozen).toBe(false);
});
