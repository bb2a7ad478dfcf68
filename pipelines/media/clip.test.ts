import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFragmentReader, isInit, type Packet } from "@yardline/sources/video/fragments";
import { afterAll, expect, test } from "vitest";
import { joinClip, joinSegments, splitSegment } from "./clip.ts";
import { openFileStore } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-clip-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Twelve seconds as a camera's puller gives them, cut into segments of four; times begin far from 0, as after days. */
function segmentsOf(size = "320x240"): Uint8Array[] {
  const made = execFileSync("ffmpeg", [
    ...["-v", "error", "-f", "lavfi", "-i", `testsrc2=size=${size}:rate=10:duration=12`],
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
  expect(probe(clip?.mp4 ?? new Uint8Array()).streams[0].nb_read_packets).toBe("80");
  expect(clip?.stretches).toEqual([{ from_ms: 1_004_000, to_ms: 1_012_000 }]);
  expect(clip?.codec).toMatch(/^avc1\.64/);
  expect(await joinClip(store, "yard", 2_000_000, 2_001_000)).toBeUndefined();
  await store.close();
});

/** A store that has these segments, some of which have gone or were damaged on the disk. */
function storeOf(segments: readonly { from_ms: number; connection: string; data: Uint8Array | undefined }[]) {
  const listed = segments.map(({ from_ms, connection }, at) => ({
    ...{ id: `${at}`, camera: "yard", connection, from_ms, to_ms: from_ms + 4_000, bytes: 1 },
  }));
  return {
    listSegments: async () => listed,
    read: async (id: string) => segments[Number(id)]?.data,
  };
}

test("over a break the clip goes on where the camera is the same; what is in it is told", async () => {
  const [first, second, third] = segmentsOf();
  const store = storeOf([
    { from_ms: 0, connection: "a", data: first },
    { from_ms: 10_000, connection: "b", data: second },
    { from_ms: 14_000, connection: "b", data: third },
  ]);
  const clip = await joinClip(store, "yard", 0, 20_000);
  expect(clip?.stretches).toEqual([
    { from_ms: 0, to_ms: 4_000 },
    { from_ms: 10_000, to_ms: 18_000 },
  ]);
  expect(probe(clip?.mp4 ?? new Uint8Array()).streams[0].nb_read_packets).toBe("120");
});

test("a segment that has gone, one that is damaged and one of another size cost their own seconds only", async () => {
  const [first = new Uint8Array(), second = new Uint8Array(), third] = segmentsOf();
  const damaged = Uint8Array.from(second).fill(0xff, 2_000);
  const store = storeOf([
    { from_ms: 0, connection: "a", data: first },
    { from_ms: 4_000, connection: "a", data: undefined },
    { from_ms: 8_000, connection: "a", data: damaged },
    { from_ms: 12_000, connection: "a", data: third },
    { from_ms: 16_000, connection: "b", data: segmentsOf("160x120")[0] },
  ]);
  const clip = await joinClip(store, "yard", 0, 20_000);
  expect(clip?.stretches.map(({ from_ms }) => from_ms)).toEqual([0, 12_000]);
  expect(probe(clip?.mp4 ?? new Uint8Array()).streams[0].nb_read_packets).toBe("80");
});

test("a segment in two parts is the same bytes, cut before its first picture", () => {
  const [segment = new Uint8Array()] = segmentsOf();
  const { head, pictures } = splitSegment(segment);
  expect(Buffer.concat([head, pictures])).toEqual(segment);
  expect(Buffer.from(pictures.subarray(4, 8)).toString()).toBe("moof");
  expect(splitSegment(Uint8Array.of(0, 0, 0, 0))).toEqual({
    head: new Uint8Array(),
    pictures: Uint8Array.of(0, 0, 0, 0),
  });
});

test("what is no recording is refused", () => {
  expect(() => joinSegments([new TextEncoder().encode("<html>not a camera</html>")])).toThrowError(/broken/);
});
