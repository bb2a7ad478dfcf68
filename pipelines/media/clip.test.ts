import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFragmentReader, isInit, type Packet } from "@yardline/sources/video/fragments";
import { afterAll, expect, test } from "vitest";
import { joinClip, joinSegments, longestRun } from "./clip.ts";
import { openFileStore } from "./files.ts";
import type { Segment } from "./media-store.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-clip-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Twelve seconds as a camera's puller gives them, cut into segments of four; times begin far from 0, as after days. */
function segmentsOf(): Uint8Array[] {
  const made = execFileSync("ffmpeg", [
    ...["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10:duration=12"],
    ...["-c:v", "libx264", "-g", "10", "-bf", "0", "-output_ts_offset", "5000"],
    ...["-f", "mp4", "-movflags", "+frag_every_frame+empty_moov+default_base_moof", "pipe:1"],
  ]);
  const pieces = createFragmentReader()(made);
  const init = pieces.find(isInit);
  const packets = pieces.filter((piece): piece is Packet => !isInit(piece));
  return [0, 40, 80].map((from) =>
    Buffer.concat([
      init?.data ?? new Uint8Array(),
      ...packets.slice(from, from + 40).map(({ data }) => data),
    ]),
  );
}

function probe(clip: Uint8Array) {
  const path = join(folder, "clip.mp4");
  writeFileSync(path, clip);
  const args = ["-v", "error", "-count_packets", "-show_entries"];
  const said = execFileSync("ffprobe", [
    ...args,
    "stream=codec_type,nb_read_packets,start_time:format=duration",
    "-of",
    "json",
    path,
  ]);
  return JSON.parse(said.toString());
}

test("three segments become one clip from 0 on, whole and seekable, its length told", () => {
  const clip = joinSegments(segmentsOf());
  const { streams, format } = probe(clip);
  expect(streams).toEqual([{ codec_type: "video", start_time: "0.000000", nb_read_packets: "120" }]);
  expect(Number(format.duration)).toBeCloseTo(12, 1);
  const sought = execFileSync("ffmpeg", [
    ...["-v", "error", "-ss", "9", "-i", join(folder, "clip.mp4"), "-frames:v", "1", "-f", "framemd5", "-"],
  ]);
  const straight = execFileSync("ffmpeg", [
    ...["-v", "error", "-i", join(folder, "clip.mp4"), "-vf", "select=gte(t\\,9)", "-frames:v", "1"],
    ...["-f", "framemd5", "-"],
  ]);
  const hash = (text: Buffer) =>
    text
      .toString()
      .trim()
      .split(/[\s,]+/)
      .at(-1);
  expect(hash(sought)).toBe(hash(straight));
});

test("a clip is joined from what the store has of that time", async () => {
  const store = await openFileStore({ folder: join(folder, "store") });
  for (const [at, data] of segmentsOf().entries()) {
    const from_ms = 1_000_000 + at * 4_000;
    await store.putSegment({ camera: "yard", connection: "c", from_ms, to_ms: from_ms + 4_000 }, data);
  }
  const clip = await joinClip(store, "yard", 1_004_500, 1_009_000);
  expect(probe(clip ?? new Uint8Array()).streams[0].nb_read_packets).toBe("80");
  expect(await joinClip(store, "yard", 2_000_000, 2_001_000)).toBeUndefined();
  await store.close();
});

test("over a broken connection the clip is the longer part", () => {
  const piece = (connection: string, from_ms: number, to_ms: number): Segment => ({
    id: `${from_ms}`,
    camera: "yard",
    connection,
    from_ms,
    to_ms,
    bytes: 1,
  });
  const run = longestRun(
    [piece("a", 0, 4_000), piece("b", 6_000, 10_000), piece("b", 10_000, 12_000)],
    3_000,
    12_000,
  );
  expect(run.map(({ id }) => id)).toEqual(["6000", "10000"]);
});

test("what is no recording is refused", () => {
  expect(() => joinSegments([new TextEncoder().encode("<html>not a camera</html>")])).toThrowError(/broken/);
});
