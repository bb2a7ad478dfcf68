import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Polygon } from "@yardline/domain/camera";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createInCameraCheck } from "./in-camera-check.ts";
import { BROKEN_IN_A_ROW_MAX, createProvenSegments, SEGMENTS_UNPROVEN_MAX } from "./proven-segments.ts";
import type { CutSegment } from "./segmenter.ts";
import { watchInTest } from "./testing.ts";

const AREA: Polygon = [
  [0.1, 0.1],
  [0.5, 0.1],
  [0.5, 0.6],
  [0.1, 0.6],
];
const mask = { form: "in-camera", polygons: [AREA] } as const;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-in-camera-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A camera that covers the area, until the second `until_s` where one is given. */
function camera(filter: string, seconds: number): string {
  const path = join(folder, `${Math.random()}.mp4`);
  const source = `testsrc2=size=640x360:rate=10:duration=${seconds}`;
  const encode = [
    "-pix_fmt",
    "yuv420p",
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-b:v",
    "600k",
    "-g",
    "10",
    "-bf",
    "0",
  ];
  execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, "-vf", filter, ...encode, path]);
  return path;
}

const box = (more = "") => `drawbox=x=iw*0.1:y=ih*0.1:w=iw*0.4:h=ih*0.5:color=gray:t=fill${more}`;
const blocks = "split[a][b];[b]crop=iw*0.4:ih*0.5:iw*0.1:ih*0.1,boxblur=20:3[c];[a][c]overlay=W*0.1:H*0.1";

test.concurrent.for([
  { what: "one colour", filter: box() },
  { what: "blur", filter: blocks },
])("a camera that covers the area itself by $what is recorded by copy", async ({ filter }) => {
  const watched = watchInTest(camera(filter, 6), { mask });
  expect(await watched.ended).toBeUndefined();
  expect(watched.changes.map(({ kind }) => kind)).toEqual(["connected"]);
  // On a busy machine the first packets are late, so where the cut falls is not the clip's alone.
  const [first, last] = [watched.segments[0], watched.segments.at(-1)];
  expect(watched.segments).toHaveLength(2);
  expect(Math.round(((last?.to_ms ?? 0) - (first?.from_ms ?? 0)) / 1000)).toBe(6);
  expect(watched.frames.length).toBeGreaterThan(20);
});

test.concurrent("a camera that has lost its mask is closed, and nothing of it was stored or looked at", async () => {
  const watched = watchInTest(camera("null", 6), { mask });
  expect(await watched.ended).toMatchObject({ code: "MASK_BROKEN" });
  expect([watched.segments, watched.frames]).toEqual([[], []]);
});

test.concurrent("a mask that goes away in the middle: no segment holds a picture without it", async () => {
  const watched = watchInTest(camera(box(":enable='lt(t,6)'"), 10), { mask });
  expect(await watched.ended).toMatchObject({ code: "MASK_BROKEN" });
  const isCovered = createInCameraCheck(mask.polygons);
  expect(watched.frames.every(({ picture }) => isCovered(picture))).toBe(true);
  const [segment] = watched.segments;
  expect(watched.segments).toHaveLength(1);
  expect(Math.round(((segment?.to_ms ?? 0) - (segment?.from_ms ?? 0)) / 1000)).toBe(4);
  expect(watched.notes.filter(({ kind }) => kind === "segment-lost")).toMatchObject([
    { code: "MASK_UNPROVEN" },
  ]);
});

const segment = (from_ms: number): CutSegment => ({
  from_ms,
  to_ms: from_ms + 4_000,
  data: Uint8Array.of(1),
});

test("a segment waits for a picture after its end, and one broken picture in it is one too many", () => {
  let dropped = 0;
  const proven = createProvenSegments(() => dropped++);
  expect(proven.put(segment(0))).toEqual([]);
  expect(proven.see(1_000, true)).toEqual([]);
  expect(proven.see(4_100, true)).toEqual([segment(0)]);
  proven.see(5_000, false);
  proven.see(6_000, true);
  expect(proven.put(segment(4_000))).toEqual([]);
  expect([proven.see(8_100, true), dropped]).toEqual([[], 1]);
  expect([proven.put(segment(8_000)), proven.finish(), dropped]).toEqual([[], [], 2]);
});

test("a decoder that is stuck costs segments, in order, not memory; a mask that is gone costs all that wait", () => {
  let dropped = 0;
  const proven = createProvenSegments(() => dropped++);
  const many = SEGMENTS_UNPROVEN_MAX + 3;
  for (let i = 0; i < many; i++) proven.put(segment(i * 4_000));
  expect(dropped).toBe(3);
  const answers = Array.from({ length: BROKEN_IN_A_ROW_MAX }, (_, i) => proven.see(i, false));
  expect(answers.at(-1)).toBeUndefined();
  expect([proven.finish(), dropped]).toEqual([[], many]);
});
