import fc from "fast-check";
import { expect, test } from "vitest";
import { type DeviceClock, GOOD_CLOCK, hearClock } from "./device-clock.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** Messages one after another: when each fix was made by a good clock, and when it came. */
type Sent = { readonly made_ms: number; readonly received_at_ms: number };

function heard(messages: readonly Sent[], ahead_ms: number, from = GOOD_CLOCK): DeviceClock {
  return messages.reduce(
    (clock, { made_ms, received_at_ms }) => hearClock(clock, made_ms + ahead_ms, received_at_ms),
    from,
  );
}

/** A live device for `minutes`: a fix each `every_s`, each on its way for `delays_s` in turn. */
function live(
  minutes: number,
  every_s = 10,
  delays_s: readonly number[] = [2],
  from_ms = NOW,
): readonly Sent[] {
  return Array.from({ length: (minutes * 60) / every_s }, (_, i) => {
    const made_ms = from_ms + i * every_s * 1000;
    return { made_ms, received_at_ms: made_ms + 1000 * (delays_s[i % delays_s.length] ?? 0) };
  });
}

/** What a device kept while it was away, sent `faster` times as fast as it was made. */
function backlog(away_ms: number, every_s: number, faster: number): readonly Sent[] {
  const fixes = Math.min(2_000, Math.floor(away_ms / (every_s * 1000)));
  return Array.from({ length: fixes }, (_, i) => ({
    made_ms: NOW - away_ms + i * every_s * 1000,
    received_at_ms: NOW + (i * every_s * 1000) / faster,
  }));
}

test.for([
  ["an hour ahead", HOUR],
  ["three hours ahead", 3 * HOUR],
  ["a day ahead", DAY],
  ["an hour behind", -HOUR],
  ["two hours behind", -2 * HOUR],
  ["a day behind", -DAY],
  ["a week of GPS's count behind", -1024 * 7 * DAY],
] as const)("a device %s is recognised, and later that it was set right", ([, ahead_ms]) => {
  const clock = heard(live(6), ahead_ms);
  expect(clock.ahead_ms).toBe(ahead_ms);
  expect(heard(live(1, 10, [2], NOW + 6 * MINUTE), 0, clock).ahead_ms).toBe(0);
});

test("what cannot be a memory is recognised within half a minute, what can within six", () => {
  expect(heard(live(0.5), HOUR).ahead_ms).toBe(HOUR);
  expect(heard(live(0.5), -10 * DAY).ahead_ms).toBe(-10 * DAY);
  expect(heard(live(4), -HOUR).ahead_ms).toBe(0);
  expect(heard(live(6), -HOUR).ahead_ms).toBe(-HOUR);
});

test("a good clock stays good, however its fixes are delayed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3 * 3600 }), { minLength: 1, maxLength: 20 }),
      (delays_s) => {
        // A delay that is a whole hour each time would be a clock; nobody's is.
        fc.pre(new Set(delays_s.map((s) => Math.round(s / 60))).size > 1 || Math.max(...delays_s) < 3000);
        expect(heard(live(30, 10, delays_s), 0).ahead_ms).toBe(0);
      },
    ),
  );
});

test("a backlog is never mistaken for a clock, whole hours long or not", () => {
  const away = fc.oneof(
    fc.integer({ min: 60_000, max: 7 * DAY }),
    fc.integer({ min: 1, max: 160 }).map((h) => h * HOUR),
  );
  const faster = fc.double({ min: 1.2, max: 500, noNaN: true });
  fc.assert(
    fc.property(away, fc.integer({ min: 1, max: 120 }), faster, (away_ms, every_s, times) => {
      expect(heard(backlog(away_ms, every_s, times), 0).ahead_ms).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("what a device with a wrong clock kept does not make its clock a good one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 600 }), fc.integer({ min: 2, max: 60 }), (minutes, every_s) => {
      const clock = heard(live(6), HOUR);
      expect(heard(backlog(minutes * MINUTE, every_s, 50), HOUR, clock).ahead_ms).toBe(HOUR);
    }),
  );
});

test("a message that comes twice says nothing new", () => {
  const thrice = [0, 30_000, 60_000].map((later_ms) => ({ made_ms: NOW, received_at_ms: NOW + later_ms }));
  expect(heard(thrice, HOUR).ahead_ms).toBe(0);
});
