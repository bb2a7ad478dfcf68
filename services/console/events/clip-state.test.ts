import { expect, test } from "vitest";
import { ATTEMPTS_MAX, clipState, needsProxy } from "./clip-state.ts";

test.each([
  { status: 206, retry_after: null, attempts: 1, state: { kind: "ready" } },
  { status: 200, retry_after: null, attempts: 1, state: { kind: "ready" } },
  { status: 409, retry_after: "4", attempts: 1, state: { kind: "recording", retry_ms: 4_000 } },
  { status: 425, retry_after: null, attempts: 1, state: { kind: "recording", retry_ms: 2_000 } },
  { status: 503, retry_after: "86400", attempts: 1, state: { kind: "recording", retry_ms: 30_000 } },
  {
    status: 425,
    retry_after: "Sun, 22 Nov 2026 12:00:00 GMT",
    attempts: 1,
    state: { kind: "recording", retry_ms: 2_000 },
  },
  { status: 409, retry_after: "4", attempts: ATTEMPTS_MAX, state: { kind: "failed", status: 409 } },
  { status: 404, retry_after: null, attempts: 1, state: { kind: "gone" } },
  { status: 0, retry_after: null, attempts: 1, state: { kind: "failed", status: 0 } },
])("$status after $attempts questions: $state.kind", ({ status, retry_after, attempts, state }) => {
  expect(clipState(status, retry_after, attempts)).toEqual(state);
});

test.each([
  ['video/mp4; codecs="hvc1.1.6.L93.b0"', true],
  ['video/mp4; codecs="avc1.4d401f"', false],
  ["video/mp4", false],
  [null, false],
])("a browser that plays only H.264 needs a proxy of %s: %s", (type, needed) => {
  expect(needsProxy(type, (asked) => asked.includes("avc1"))).toBe(needed);
});
