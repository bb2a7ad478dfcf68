import fc from "fast-check";
import { expect, test } from "vitest";
import {
  backOff_ms,
  beginSupervision,
  type CameraChange,
  CONNECT_MS_MAX,
  isSilent,
  SETTLE_MS_MAX,
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
      { kind: "packet", at_ms: 10_900 },
      { kind: "packet", at_ms: 11_000 },
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

/** Connections of so many milliseconds each with a packet each 100 ms, one second apart. */
function flapping(lengths_ms: readonly number[]): SupervisionEvent[] {
  let at_ms = 1_000;
  return lengths_ms.flatMap((length_ms) => {
    const packets = Array.from({ length: length_ms / 100 + 1 }, () => {
      at_ms += 100;
      return { kind: "packet", at_ms } as const;
    });
    at_ms += 1_000;
    return [{ kind: "attempted" }, ...packets, { kind: "ended", why: "ended" }] as const;
  });
}

const gapsOf = (events: readonly SupervisionEvent[]) => {
  const begun = told(events).flatMap((change) => (change.kind === "lost" ? [change.since_ms] : []));
  return new Set(begun).size;
};

test("a camera that flaps each second is one gap; one that flaps more slowly makes fewer and fewer", () => {
  expect(gapsOf(flapping(Array.from({ length: 100 }, () => 1_000)))).toBe(1);
  expect(gapsOf(flapping(Array.from({ length: 100 }, () => 3_000)))).toBe(2);
  expect(gapsOf(flapping(Array.from({ length: 100 }, () => 20_000)))).toBe(5);
});

test("a camera that lasted is well again: its next loss is a gap that ends soon", () => {
  const changes = told([
    ...flapping([1_000, 1_000, 1_000, SETTLE_MS_MAX]),
    { kind: "attempted" },
    { kind: "packet", at_ms: 50_000 },
    { kind: "packet", at_ms: 52_000 },
  ]);
  expect(changes.map(({ kind }) => kind)).toEqual([
    "connected",
    ...["lost", "lost", "lost", "returned"],
    ...["lost", "returned"],
  ]);
  expect(changes.at(-1)).toMatchObject({ at_ms: 50_000 });
});

test("what we ended ourselves since the camera changed its size is back with its first packet", () => {
  const changes = told([
    { kind: "attempted" },
    { kind: "packet", at_ms: 2_000 },
    { kind: "ended", why: "ended", orderly: true },
    { kind: "attempted" },
    { kind: "packet", at_ms: 3_000 },
  ]);
  expect(changes.at(-1)).toMatchObject({ kind: "returned", since_ms: 2_000, at_ms: 3_000 });
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
