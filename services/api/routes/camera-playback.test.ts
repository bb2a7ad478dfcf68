import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openFileStore } from "@yardline/media/files";
import type { Segment } from "@yardline/media/media-store";
import { expect, onTestFinished, test } from "vitest";
import { servedApp, testApp } from "../testing/app.ts";
import { memoryMedia } from "../testing/fakes.ts";
import { CAMERA, NOON_MS } from "../testing/scenes.ts";

const run = promisify(execFile);
const iso = (s: number) => new Date(NOON_MS + s * 1_000).toISOString();
const PERIOD = `from=${iso(0)}&to=${iso(60)}`;

/** One second of a real recording, of the given size, as it is stored. */
async function recordingOf(size: string): Promise<Uint8Array> {
  const source = `-v error -f lavfi -i testsrc2=duration=1:size=${size}:rate=10 -c:v libx264 -bf 0`;
  const form = "-f mp4 -movflags +frag_every_frame+empty_moov+default_base_moof pipe:1";
  const { stdout } = await run("ffmpeg", `${source} ${form}`.split(" "), { encoding: "buffer" });
  return stdout;
}

test("a real player plays over a gap and another connection of another size, from a real store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-playback-"));
  const store = await openFileStore({ folder });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const [first, second] = await Promise.all([recordingOf("320x240"), recordingOf("160x120")]);
  for (const [s, connection, data] of [
    [0, "a", first],
    [20, "b", second],
  ] as const) {
    const from_ms = NOON_MS + s * 1_000;
    await store.putSegment({ camera: "yard", connection, from_ms, to_ms: from_ms + 1_000 }, data);
  }
  const { url } = await servedApp({ media: store });
  const address = `${url}/v1/cameras/yard/playback.m3u8?${PERIOD}`;
  const playlist = await (await fetch(address)).text();
  expect(playlist.match(/#EXT-X-(MAP|DISCONTINUITY)/g)?.length).toBe(3);
  const [, head = ""] = /MAP:URI="([^"]+)"/.exec(playlist) ?? [];
  const answer = await fetch(new URL(head, address));
  expect(answer.headers.get("content-type")).toMatch(/^video\/mp4; codecs="avc1\.[0-9a-f]{6}"$/);
  const looks = "-v error -count_packets -show_entries stream=nb_read_packets -of csv=p=0";
  const { stdout } = await run("ffprobe", [...looks.split(" "), address]);
  expect(stdout.trim().split("\n")[0]).toBe("20");
});

const SEGMENT: Segment = {
  ...{ id: "north/1", camera: "yard", connection: "c", from_ms: NOON_MS, to_ms: NOON_MS + 4_000, bytes: 3 },
};
const GATE: Segment = { ...SEGMENT, id: "secret", camera: "gate" };
const media = memoryMedia({ "north/1": Uint8Array.of(1, 2, 3), secret: Uint8Array.of(4) }, [SEGMENT, GATE]);

test("a segment is named by an opaque id, that of an edge too", async () => {
  const app = await testApp({ media });
  const playlist = (await app.inject(`/v1/cameras/yard/playback.m3u8?${PERIOD}`)).body;
  expect(playlist).toContain(`\nsegments/${NOON_MS}/north%2F1/pictures.m4s\n`);
  const part = await app.inject(`/v1/cameras/yard/segments/${NOON_MS}/north%2F1/pictures.m4s`);
  expect([part.statusCode, [...part.rawPayload]]).toEqual([200, [1, 2, 3]]);
});

test.for([
  { why: "another camera has it", path: `yard/segments/${NOON_MS}/secret/pictures.m4s` },
  { why: "it is of another time", path: `yard/segments/${NOON_MS + 90_000}/north%2F1/pictures.m4s` },
  { why: "its camera is none of this town's", path: `gate/segments/${NOON_MS}/secret/pictures.m4s` },
  { why: "nothing is recorded", path: `yard/playback.m3u8?from=${iso(100)}&to=${iso(200)}` },
  { why: "the file has gone from the disk", path: `yard/segments/${NOON_MS}/gone/pictures.m4s` },
])("404 when $why", async ({ path }) => {
  const gone: Segment = { ...SEGMENT, id: "gone" };
  const listed = memoryMedia({ secret: Uint8Array.of(4) }, [SEGMENT, GATE, gone]);
  const app = await testApp({ media: listed, cameras: { listCameras: () => [CAMERA] } });
  expect((await app.inject(`/v1/cameras/${path}`)).statusCode).toBe(404);
});
