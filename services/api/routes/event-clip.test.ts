import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Clip } from "@yardline/media/clip";
import type { Segment } from "@yardline/media/media-store";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { LIMITS } from "../limits.ts";
import type { Parts } from "../parts.ts";
import { servedApp, testApp } from "../testing/app.ts";
import { memoryIndex, memoryMedia } from "../testing/fakes.ts";
import { NOON_MS, presence } from "../testing/scenes.ts";

const run = promisify(execFile);
const MP4 = Uint8Array.from({ length: 100 }, (_, n) => n);
const clipOf = (mp4: Uint8Array): Clip => ({ mp4, codec: undefined, stretches: [] });
const EVENT = presence();
const URL_OF_CLIP = `/v1/events/${EVENT.occurrence}/clip`;
const TO_MS = NOON_MS + 15_000;

/** Doors at a moment when the clip of `EVENT` has long been recorded. */
const recorded = (parts: Partial<Parts> = {}): Partial<Parts> => ({
  index: memoryIndex([EVENT]),
  clock: handClock(TO_MS + 60_000),
  clip: async () => clipOf(MP4),
  ...parts,
});

test("the whole clip, of the event's own camera and time", async () => {
  const asked: unknown[] = [];
  const clip = async (...period: unknown[]): Promise<Clip> => {
    asked.push(period);
    return clipOf(MP4);
  };
  const app = await testApp(recorded({ clip }));
  const response = await app.inject(`${URL_OF_CLIP}?camera=other&from=0`);
  expect([response.statusCode, new Uint8Array(response.rawPayload)]).toEqual([200, MP4]);
  expect(asked).toEqual([["yard", NOON_MS - 5_000, TO_MS]]);
  expect(response.headers).toMatchObject({
    "content-type": "video/mp4",
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    "content-length": "100",
  });
});

test("parts of it over a real socket, as a player asks", async () => {
  const { url } = await servedApp(recorded());
  const ask = async (range: string, more: Record<string, string> = {}) => {
    const response = await fetch(url + URL_OF_CLIP, { headers: { range, ...more } });
    const bytes = [...new Uint8Array(await response.arrayBuffer())];
    return { status: response.status, range: response.headers.get("content-range"), bytes };
  };
  expect(await ask("bytes=0-1")).toEqual({ status: 206, range: "bytes 0-1/100", bytes: [0, 1] });
  expect(await ask("bytes=98-")).toEqual({ status: 206, range: "bytes 98-99/100", bytes: [98, 99] });
  expect(await ask("bytes=-1")).toEqual({ status: 206, range: "bytes 99-99/100", bytes: [99] });
  expect(await ask("bytes=100-")).toMatchObject({ status: 416, range: "bytes */100" });
  expect(await ask("bytes=0-1", { "if-range": '"older"' })).toMatchObject({ status: 200, range: null });
});

test("304 to who has it, and to HEAD only the length", async () => {
  const app = await testApp(recorded());
  const head = await app.inject({ method: "HEAD", url: URL_OF_CLIP });
  expect([head.statusCode, head.headers["content-length"], head.rawPayload.length]).toEqual([200, "100", 0]);
  const { etag = "" } = head.headers;
  const again = await app.inject({ url: URL_OF_CLIP, headers: { "if-none-match": etag } });
  expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
});

const segmentTo = (to_ms: number): Segment => ({
  id: "s",
  camera: "yard",
  connection: "c",
  from_ms: to_ms - 4_000,
  to_ms,
  bytes: 1,
});

test.for([
  { why: "its post-roll is still to come", now_ms: TO_MS - 5_000, segments: [], status: 409 },
  {
    why: "its last segment is not closed",
    now_ms: TO_MS + 2_000,
    segments: [segmentTo(TO_MS - 1_000)],
    status: 409,
  },
  { why: "all of it is there", now_ms: TO_MS + 2_000, segments: [segmentTo(TO_MS + 500)], status: 200 },
  { why: "the rest will never come", now_ms: TO_MS + LIMITS.clip_settle_ms, segments: [], status: 200 },
])("$status when $why", async ({ now_ms, segments, status }) => {
  const app = await testApp(recorded({ clock: handClock(now_ms), media: memoryMedia({}, segments) }));
  const response = await app.inject(URL_OF_CLIP);
  expect(response.statusCode).toBe(status);
  if (status === 409)
    expect(response.headers).toMatchObject({ "retry-after": "4", "cache-control": "no-store" });
});

test.for([
  { why: "nothing of it is kept", parts: { clip: async () => undefined } },
  { why: "there is none", parts: { index: memoryIndex([presence(0, { data: { clip: undefined } })]) } },
])("404 when $why", async ({ parts }) => {
  const app = await testApp(recorded(parts));
  const response = await app.inject(URL_OF_CLIP);
  expect([response.statusCode, response.json().detail]).toEqual([
    404,
    "The recording has expired or never was made.",
  ]);
});

test("of a long stay only the beginning is played", async () => {
  const hours = presence(0, { data: { clip: { from: "2026-11-22T08:00:00Z", to: "2026-11-22T12:00:00Z" } } });
  const lengths_ms: number[] = [];
  const clip: Parts["clip"] = async (_camera, from_ms, to_ms) => {
    lengths_ms.push(to_ms - from_ms);
    return clipOf(MP4);
  };
  const app = await testApp(recorded({ index: memoryIndex([hours]), clip }));
  await app.inject(URL_OF_CLIP);
  expect(lengths_ms).toEqual([LIMITS.clip_ms_max]);
});

test("what was recorded before and after it, as far as one asks; more than a town can hold is refused", async () => {
  const periods: unknown[] = [];
  const clip: Parts["clip"] = async (_camera, from_ms, to_ms) => {
    periods.push([(from_ms - NOON_MS) / 1_000, (to_ms - NOON_MS) / 1_000]);
    return clipOf(MP4);
  };
  const long = presence(3, { data: { clip: { from: "2026-11-22T11:50:00Z", to: "2026-11-22T12:00:00Z" } } });
  const clock = handClock(TO_MS + 200_000);
  const app = await testApp(recorded({ index: memoryIndex([EVENT, long]), clip, clock }));
  const ask = async (query: string, { occurrence } = EVENT) => {
    const { statusCode, headers } = await app.inject(`/v1/events/${occurrence}/clip?${query}`);
    return [statusCode, headers["clip-period"] ?? "-"];
  };
  expect(await ask("before_s=30&after_s=20")).toEqual([
    200,
    "2026-11-22T11:59:25.000Z/2026-11-22T12:00:35.000Z",
  ]);
  expect(await ask("before_s=120&after_s=120")).toEqual([
    200,
    "2026-11-22T11:57:55.000Z/2026-11-22T12:02:15.000Z",
  ]);
  // Of a long stay the beginning is played, and after it goes on from there.
  expect(await ask("after_s=60", long)).toEqual([200, "2026-11-22T11:50:00.000Z/2026-11-22T11:54:00.000Z"]);
  expect(periods).toEqual([
    [-35, 35],
    [-125, 135],
    [-600, -360],
  ]);
  for (const wrong of ["before_s=121", "after_s=-1", "before_s=1.5", "after_s=much"]) {
    expect([wrong, ...(await ask(wrong))]).toEqual([wrong, 400, "-"]);
  }
  expect(await ask("before_s=120&after_s=60", long)).toEqual([400, "-"]);
});

test("what is to come after it is waited for like its own end", async () => {
  const clock = handClock(TO_MS + 20_000);
  const app = await testApp(recorded({ clock }));
  const ask = async () => (await app.inject(`${URL_OF_CLIP}?after_s=30`)).statusCode;
  expect([(await app.inject(URL_OF_CLIP)).statusCode, await ask()]).toEqual([200, 409]);
  clock.advance(10_000 + LIMITS.clip_settle_ms);
  expect(await ask()).toBe(200);
});

test("only so many clips are put together at once", async () => {
  const gate = Promise.withResolvers<Clip>();
  const app = await testApp(recorded({ clip: () => gate.promise, limits: { clips_max: 2 } }));
  const first = Promise.all([app.inject(URL_OF_CLIP), app.inject(URL_OF_CLIP)]);
  const third = await app.inject(URL_OF_CLIP);
  expect([third.statusCode, third.headers["retry-after"]]).toEqual([503, "2"]);
  gate.resolve(clipOf(MP4));
  expect((await first).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect((await app.inject(URL_OF_CLIP)).statusCode).toBe(200);
  expect((await app.inject("/metrics")).body).toContain('yardline_api_media_refused_total{kind="clip"} 1');
});

test("which codec it needs and what of the time is in it stand in its head", async () => {
  const stretches = [
    { from_ms: NOON_MS, to_ms: NOON_MS + 4_000 },
    { from_ms: NOON_MS + 9_000, to_ms: NOON_MS + 13_000 },
  ];
  const clip = async () => ({ mp4: MP4, codec: "hvc1.1.6.L93.b0", stretches });
  const { headers } = await (await testApp(recorded({ clip }))).inject(URL_OF_CLIP);
  expect(headers["content-type"]).toBe('video/mp4; codecs="hvc1.1.6.L93.b0"');
  expect(headers["clip-recorded"]).toBe(
    "2026-11-22T12:00:00.000Z/2026-11-22T12:00:04.000Z, 2026-11-22T12:00:09.000Z/2026-11-22T12:00:13.000Z",
  );
});

test("a real player reads it, seeking", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-clip-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "clip.mp4");
  const picture = "-v error -f lavfi -i testsrc2=duration=4:size=320x240:rate=10";
  // The index stands at the end of the file, so that the player has to jump there and back.
  await run("ffmpeg", `${picture} -c:v libx264 -g 10 -bf 0 ${file}`.split(" "));
  const mp4 = await readFile(file);
  const { url } = await servedApp(recorded({ clip: async () => clipOf(mp4) }));
  const count = "-v error -count_packets -show_entries stream=nb_read_packets -of csv=p=0";
  const { stdout } = await run("ffprobe", [...count.split(" "), url + URL_OF_CLIP]);
  expect(stdout.trim()).toBe("40");
});
