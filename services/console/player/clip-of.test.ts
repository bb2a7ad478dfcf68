import { expect, test } from "vitest";
import { clipOf } from "./clip-of.ts";

const time = "2026-11-22T12:00:00Z";
const clip = { from: "2026-11-22T11:59:55Z", to: "2026-11-22T12:00:15Z" };
const ms = (text: string) => Date.parse(`2026-11-22T${text}Z`);

test("the recording of an event, its run-up, and what followed", () => {
  const since = "2026-11-22T12:00:00Z";
  const data = { camera: "yard", clip, since, until: "2026-11-22T12:00:10Z" };
  expect(clipOf({ time, data } as never)).toEqual({
    camera: "yard",
    span: { from_ms: ms("11:59:55"), to_ms: ms("12:00:15") },
    happened: { from_ms: ms("12:00:00"), to_ms: ms("12:00:10") },
  });
  const open = clipOf({ time, data: { camera: "yard", clip } } as never);
  expect(open?.happened).toEqual({ from_ms: ms("12:00:00"), to_ms: ms("12:00:15") });
});

test.for([
  [{ camera: "yard" }],
  [{ clip }],
  [{ camera: "yard", clip: { from: clip.to, to: clip.from } }],
  [{ camera: "yard", clip: "all" }],
  [null],
] as const)("%o has none", ([data]) => {
  expect(clipOf({ time, data } as never)).toBeUndefined();
});
