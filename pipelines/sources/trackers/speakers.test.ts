import fc from "fast-check";
import { expect, test } from "vitest";
import { findTrackerProtocol } from "./protocols.ts";
import { exactly, type SentFix } from "./speaker.ts";
import { TRACKER_SPEAKERS } from "./speakers.ts";

const DEVICE = "350000000000101";
const FROM_S = Date.UTC(2010, 0, 2) / 1000;
const TO_S = Date.UTC(2038, 0, 1) / 1000;

const anyFix: fc.Arbitrary<SentFix> = fc.record({
  at_ms: fc.integer({ min: FROM_S, max: TO_S }).map((s) => s * 1000),
  latitude: fc.double({ min: -89.9, max: 89.9, noNaN: true }),
  longitude: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
  speed_mps: fc.double({ min: 0, max: 60, noNaN: true }),
  course_deg: fc.double({ min: 0, max: 359, noNaN: true }),
  satellites: fc.integer({ min: 4, max: 14 }),
});

/** Whole kilometres an hour are the coarsest that a protocol tells. */
const SPEED_OFF_MPS = 0.5 / 3.6 + 1e-9;

test.for(TRACKER_SPEAKERS)(
  "what a device of $protocol sends is read as it was meant, and heard",
  (speaker) => {
    fc.assert(
      fc.property(fc.array(anyFix, { minLength: 1, maxLength: 12 }), (given) => {
        const session = findTrackerProtocol(speaker.protocol)?.openSession();
        const { login, tell } = speaker.open(DEVICE);
        const fixes = given.slice(0, speaker.fixes_max);
        const named: (string | undefined)[] = [];
        const read = [login, tell(fixes)].flatMap((said) => {
          const messages = (said && session?.take(said.sends).messages) ?? [];
          expect(messages.flatMap(({ problem }) => problem ?? [])).toEqual([]);
          const answer = Buffer.concat(messages.flatMap((each) => each.answer ?? []));
          if (said?.isHeard) {
            expect(said.isHeard(answer.subarray(0, -1))).toBe(undefined);
            expect(said.isHeard(answer)).toBe(true);
          }
          named.push(...messages.map(({ device_id }) => device_id));
          return messages.flatMap((message) => message.fixes);
        });
        expect(new Set(named.filter((name) => name !== undefined))).toEqual(new Set([DEVICE]));
        expect(read).toHaveLength(fixes.length);
        for (const [i, fix] of read.entries()) {
          const meant = fixes[i];
          if (!meant) continue;
          expect(fix.at_ms).toBe(meant.at_ms);
          expect(Math.abs(fix.latitude - meant.latitude)).toBeLessThan(1e-5);
          expect(Math.abs(fix.longitude - meant.longitude)).toBeLessThan(1e-5);
          expect(Math.abs((fix.speed_mps ?? 0) - (meant.speed_mps ?? 0))).toBeLessThan(SPEED_OFF_MPS);
          expect(Math.abs((fix.course_deg ?? 0) - (meant.course_deg ?? 0))).toBeLessThanOrEqual(0.5);
          expect(fix.valid).not.toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  },
);

test("an answer is awaited to its last byte, and another one is none", () => {
  const isHeard = exactly("#AL#1\r\n");
  expect([
    isHeard(Buffer.from("#AL")),
    isHeard(Buffer.from("#AL#1\r\n")),
    isHeard(Buffer.from("#AL#0\r\n")),
  ]).toEqual([undefined, true, false]);
});
