import type { StreamChange } from "@yardline/sources/video/watch-camera";
import { expect, test } from "vitest";
import { StreamStates } from "./stream-states.ts";

const lost = (stream: "main" | "sub" | undefined, since_ms: number): StreamChange => ({
  kind: "lost",
  why: "silent",
  since_ms,
  attempts: 0,
  ...(stream && { stream }),
});
const back = (stream: "main" | "sub"): StreamChange => ({
  kind: "returned",
  why: "silent",
  since_ms: 1,
  at_ms: 9,
  attempts: 1,
  stream,
});

test("a camera with one stream is lost with it", () => {
  const states = new StreamStates();
  expect(states.take(lost(undefined, 5))).toEqual({
    state: "lost",
    reason: "the camera is silent",
    since_ms: 5,
  });
  expect(states.take({ kind: "connected", at_ms: 6 })).toEqual({ state: "watching" });
  expect(states.trouble()).toEqual({});
});

test("of two streams one is enough to watch; what is missing without the other is told", () => {
  const states = new StreamStates();
  expect(states.take(lost("sub", 5))).toEqual({
    state: "watching",
    reason: "its sub stream is lost (the camera is silent): the main one is looked at",
  });
  expect(states.take(lost("main", 7))).toEqual({
    state: "lost",
    reason: "the camera is silent",
    since_ms: 7,
  });
  expect(states.take(back("sub"))).toEqual({ state: "watching" });
  expect(states.trouble()).toEqual({ recording_trouble: "Its main stream is lost: the camera is silent" });
  states.take(back("main"));
  expect(states.trouble()).toEqual({});
});
