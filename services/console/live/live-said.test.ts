import { expect, test } from "vitest";
import type { LiveLine, LiveState } from "./live-connection.ts";
import { saidOf } from "./live-said.ts";

const OPEN: LiveLine = { kind: "open" };
const refused = (status: number, why: string): LiveLine => ({ kind: "refused", status, why });
const PLAYING: LiveState = { kind: "playing", captured_ms: 0, age_ms: 400 };

test.for([
  ["a picture", PLAYING, OPEN, "watching", undefined],
  ["a picture of before it was lost", PLAYING, OPEN, "lost", "live.none.lost"],
  ["a picture of before it was paused", PLAYING, OPEN, "paused", "live.none.paused"],
  ["not yet a picture", { kind: "waiting" }, OPEN, "watching", "live.none.waiting"],
  ["another's camera", { kind: "none", why: "camera-unknown" }, OPEN, undefined, "live.none.unknown"],
  ["a reason of tomorrow", { kind: "none", why: "solar-storm" }, OPEN, "watching", "live.none.refused"],
  ["a codec", { kind: "unplayable", codec: "hvc1.1.6.L93" }, OPEN, "watching", "live.none.unplayable"],
  ["no answer", PLAYING, refused(0, ""), "watching", "live.none.unreachable"],
  ["no purpose", { kind: "waiting" }, refused(403, "purpose-needed"), "watching", "live.none.purpose"],
] as const)("%s", ([, state, line, camera, said]) => {
  expect(saidOf(state, line, camera && { state: camera })).toBe(said);
});
