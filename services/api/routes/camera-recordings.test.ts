import type { Gap, Segment } from "@yardline/media/media-store";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryMedia } from "../testing/fakes.ts";
import { NOON_MS } from "../testing/scenes.ts";

const at = (s: number) => NOON_MS + s * 1_000;
const iso = (s: number) => new Date(at(s)).toISOString();
const segment = (s: number, camera = "yard"): Segment => ({
  ...{ id: `${camera}-${s}`, camera, connection: "c1", from_ms: at(s), to_ms: at(s + 4), bytes: 7 },
});
const SEGMENTS = [segment(0), segment(4), segment(20), segment(8, "gate")];
const GAPS: Gap[] = [{ from_ms: at(8), to_ms: at(20), why: "disk-failed" }];

const app = () =>
  testApp({
    media: memoryMedia({}, SEGMENTS),
    gaps: async (camera) => (camera === "yard" ? GAPS : []),
    clock: handClock(at(40)),
  });

test("what is recorded of one camera, and why the rest is not", async () => {
  const url = `/v1/cameras/yard/recordings?from=${iso(0)}&to=${iso(40)}`;
  expect((await (await app()).inject(url)).json()).toEqual({
    camera: "yard",
    spans: [
      { from: iso(0), to: iso(8), connection: "c1", bytes: 14 },
      { from: iso(20), to: iso(24), connection: "c1", bytes: 7 },
    ],
    gaps: [
      { from: iso(8), to: iso(20), reason: "disk-failed" },
      { from: iso(24), to: iso(25), reason: "not-recorded" },
      { from: iso(25), to: iso(40), reason: "pending" },
    ],
  });
});

test.for([
  { why: "the camera is none of this town's", path: "gate", from: 0, to: 40, status: 404 },
  { why: "it ends before it begins", path: "yard", from: 40, to: 0, status: 400 },
  { why: "it is too long", path: "yard", from: 0, to: 90_000, status: 400 },
])("$status when $why", async ({ path, from, to, status }) => {
  const url = `/v1/cameras/${path}/recordings?from=${iso(from)}&to=${iso(to)}`;
  expect((await (await app()).inject(url)).statusCode).toBe(status);
});
