import { expect, test } from "vitest";
import type { ConnectionEnd } from "./attend.ts";
import type { VideoNote } from "./feed.ts";
import type { LostReason } from "./lost-reason.ts";
import { createTransport } from "./transport.ts";

function ways(scheme: "rtsp" | "rtsp+udp", connections: readonly (LostReason | "came")[]) {
  const notes: VideoNote[] = [];
  const way = createTransport({ scheme }, (note) => notes.push(note));
  const tried = connections.map((each) => {
    const by = way.begin().by_stream ? "stream" : "datagrams";
    if (each === "came") way.arrived();
    const exit = { code: 0, signal: null, said: [] };
    const end: ConnectionEnd = { why: each === "came" ? "ended" : each, next: "after-a-wait", exit };
    return `${by} ${way.ended(end).why}`;
  });
  return { tried, notes: notes.length };
}

test("what gave pictures last is tried first; what gave nothing is followed by the other way", () => {
  expect(ways("rtsp+udp", ["not-video", "came", "silent", "came", "came"])).toEqual({
    tried: ["datagrams silent", "stream ended", "stream silent", "datagrams ended", "datagrams ended"],
    notes: 2,
  });
});

test("a camera that refuses, and one that was never asked for datagrams, are asked as before", () => {
  expect(ways("rtsp+udp", ["refused", "refused"])).toEqual({
    tried: ["datagrams refused", "datagrams refused"],
    notes: 0,
  });
  expect(ways("rtsp", ["not-video", "silent"]).notes).toBe(0);
});

test("what gave nothing in time is looked at for a shorter time next, what did not say what it is for a longer one", () => {
  const way = createTransport({ scheme: "rtsp" }, () => undefined);
  const ends = ["silent", "refused", "not-video", "came", "silent"] as const;
  const looked = ends.map((each) => {
    const { analysis } = way.begin();
    if (each === "came") way.arrived();
    const exit = { code: 0, signal: null, said: [] };
    way.ended({ why: each === "came" ? "ended" : each, next: "after-a-wait", exit });
    return analysis;
  });
  expect(looked).toEqual(["usual", "short", "short", "long", "long"]);
});
