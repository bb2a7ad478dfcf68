import { expect, test } from "vitest";
import { clipOf } from "./clip-of.ts";

const time = "2026-11-22T12:00:00Z";
const clip = { from: "2026-11-22T11:59:55Z", to: "2026-11-22T12:00:15Z" };
const links = { self: "/v1/events/1", clip: "/v1/events/1/clip" };
const ms = (text: string) => Date.parse(`2026-11-22T${text}Z`);

test("the recording of an event, its run-up, and what followed", () => {
  const since = "2026-11-22T12:00:00Z";
  const data = { camera: "yard", clip, since, until: "2026-11-22T12:00:10Z" };
  expect(clipOf({ time, data, links } as never)).toEqual({
    camera: "yard",
    own: { from_ms: ms("11:59:55"), to_ms: ms("12:00:15") },
    happened: { from_ms: ms("12:00:00"), to_ms: ms("12:00:10") },
  });
  const open = clipOf({ time, data: { camera: "yard", clip }, links } as never);
  expect(open?.happened).toEqual({ from_ms: ms("12:00:00"), to_ms: ms("12:00:15") });
});

test.for([
  [{ camera: "yard" }],
  [{ clip }],
  [{ camera: "yard", clip: { from: clip.to, to: clip.from } }],
  [{ camera: "yard", clip: "all" }],
  [null],
  [{ camera: "yard", clip }, { self: "" }],
] as const)("%o has none", ([data, told = links]) => {
  expect(clipOf({ time, data, links: told } as never)).toBeUndefined();
});
