import { expect, test } from "vitest";
import { MADE_DEVICES } from "./made-messages.ts";
import { findTrackerProtocol, TRACKER_PROTOCOLS } from "./protocols.ts";

const NOON = Date.parse("2026-03-01T12:00:00Z");

test("there is a device of every protocol", () => {
  const made = MADE_DEVICES.map(({ protocol }) => protocol).toSorted();
  expect(made).toEqual(TRACKER_PROTOCOLS.map(({ name }) => name).toSorted());
});

test.each(MADE_DEVICES)(
  "$protocol is read, and answered as its device waits for it",
  ({ protocol, messages }) => {
    const session = findTrackerProtocol(protocol)?.openSession();
    const taken = messages.map(({ sends }) => session?.take(sends).messages ?? []);
    expect(taken.map((each) => each.length)).toEqual(messages.map(() => 1));
    const told = taken.flat().map(({ answer, answerAt, problem, fixes }) => ({
      waits: answer ?? answerAt?.(NOON),
      places: fixes.length,
      problem,
    }));
    const bytes = (value: Uint8Array | undefined) => (value === undefined ? undefined : Buffer.from(value));
    expect(told.map((each) => ({ ...each, waits: bytes(each.waits) }))).toEqual(
      messages.map(({ waits, places }) => ({ waits: bytes(waits), places, problem: undefined })),
    );
    for (const { fixes } of taken.flat()) {
      for (const fix of fixes) {
        expect(fix).toMatchObject({ latitude: expect.closeTo(49.5, 5), longitude: expect.closeTo(31.25, 5) });
        expect(fix.speed_mps).toBeCloseTo(10, 0);
        expect(fix.course_deg).toBe(90);
        expect(Math.abs((fix.at_ms ?? 0) - NOON)).toBeLessThanOrEqual(60_000);
      }
    }
  },
);
