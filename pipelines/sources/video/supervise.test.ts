import fc from "fast-check";
import { expect, test } from "vitest";
import {
  backOff_ms,
  beginSupervision,
  type CameraChange,
  CONNECT_MS_MAX,
  isSilent,
  SILENCE_MS_MAX,
  type SupervisionEvent,
  supervise,
} from "./supervise.ts";

function told(events: readonly SupervisionEvent[]): CameraChange[] {
  let supervision = beginSupervision(1_000);
  return events.flatMap((event) => {
    const { after, change } = supervise(supervision, event);
    supervision = after;
    return change ?? [];
  });
}

test("a camera comes, goes, is tried, and comes back: one gap with one beginning", () => {
  expect(
    told([
      { kind: "attempted" },
      { kind: "packet", at_ms: 2_000 },
      { kind: "packet", at_ms: 2_040 },
      { kind: "ended", why: "ended" },
      { kind: "attempted" },
      { kind: "ended", why: "refused" },
      { kind: "attempted" },
      { kind: "packet", at_ms: 9_000 },
    ]),
  ).toEqual([
    { kind: "connected", at_ms: 2_000 },
    { kind: "lost", why: "ended", since_ms: 2_040, attempts: 0 },
    { kind: "lost", why: "refused", since_ms: 2_040, attempts: 1 },
    { kind: "returned", why: "refused", since_ms: 2_040, at_ms: 9_000, attempts: 2 },
  ]);
});

test("a camera that never answers is lost since it was first tried", () => {
  expect(told([{ kind: "attempted" }, { kind: "ended", why: "not-video" }])).toEqual([
    { kind: "lost", why: "not-video", since_ms: 1_000, attempts: 1 },
  ]);
});

test("packets do not end a freeze, another picture does", () => {
  expect(
    told([
      { kind: "attempted" },
      { kind: "packet", at_ms: 2_000 },
      { kind: "froze", since_ms: 62_000 },
      { kind: "packet", at_ms: 63_000 },
      { kind: "thawed", at_ms: 64_000 },
    ]),
  ).toEqual([
    { kind: "connected", at_ms: 2_000 },
    { kind: "lost", why: "frozen", since_ms: 62_000, attempts: 0 },
    { kind: "returned", why: "frozen", since_ms: 62_000, at_ms: 64_000, attempts: 0 },
  ]);
});

test("lost and returned alternate, and every return tells the gap that was told", () => {
  const event = fc.oneof(
    fc.constant({ kind: "attempted" } as const),
    fc.nat(10_000).map((at_ms) => ({ kind: "packet", at_ms }) as const),
    fc.constantFrom("ended", "silent", "refused").map((why) => ({ kind: "ended", why }) as const),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let lost: CameraChange | undefined;
      for (const change of told(events)) {
        if (change.kind === "returned") {
          expect(lost).toMatchObject({ kind: "lost", since_ms: change.since_ms, why: change.why });
        }
        lost = change.kind === "lost" ? change : undefined;
      }
    }),
  );
});

test("waits double, are spread, and stay under three seconds", () => {
  expect([0, 1, 2, 3, 50].map((attempts) => backOff_ms(attempts, () => 1))).toEqual([
    500, 1_000, 2_000, 3_000, 3_000,
  ]);
  expect(backOff_ms(3, () => 0)).toBe(1_500);
});

test("silence is judged later before the first packet than after it", () => {
  const quiet = (connected: boolean, for_ms: number) => isSilent({ connected, last_ms: 100 }, 100 + for_ms);
  expect([quiet(true, SILENCE_MS_MAX), quiet(true, SILENCE_MS_MAX + 1)]).toEqual([false, true]);
  expect([quiet(false, CONNECT_MS_MAX), quiet(false, CONNECT_MS_MAX + 1)]).toEqual([false, true]);
});
