import { execFileSync } from "node:child_process";
import type { ServerResponse } from "node:http";
import { eventually } from "@yardline/testkit/eventually";
import { expect, type TestContext, test } from "vitest";
import { playLive, probeBytes, serveHttp, type Watched, watchInTest } from "./testing.ts";

const PATIENCE_MS = 45_000;
/** ffmpeg looks at five seconds of a transport stream before it hands on anything: they come at once, as from a server with a buffer. */
const AT_ONCE_S = 6;
const RATE_FPS = 10;

function ffmpeg(args: readonly string[], input?: Uint8Array): Buffer {
  const maxBuffer = 64 * 1024 * 1024;
  return execFileSync("ffmpeg", ["-nostdin", "-v", "fatal", ...args], { maxBuffer, ...(input && { input }) });
}

/** H.264 by the real encoder, ten pictures a second with their true times. @param keys options that say where the key frames are. */
function clip(seconds: number, keys: readonly string[] = ["-g", `${RATE_FPS}`]): Buffer {
  const source = ["-f", "lavfi", "-i", `testsrc2=size=320x180:rate=${RATE_FPS}:duration=${seconds}`];
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-sc_threshold", "0", ...keys];
  return ffmpeg([...source, "-pix_fmt", "yuv420p", ...coding, "-f", "mpegts", "pipe:1"]);
}

/** The same pictures at the same times, whose parameter sets claim so many fields a second. */
function claiming(stream: Uint8Array, fields_a_second: string): Buffer {
  const said = ["-bsf:v", `h264_metadata=tick_rate=${fields_a_second}`];
  return ffmpeg(["-i", "pipe:0", "-c", "copy", ...said, "-f", "mpegts", "pipe:1"], stream);
}

const bitsOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
const word = (value: number) => value.toString(2).padStart(32, "0");

/** The same pictures, whose parameter sets claim nought ticks of nought seconds (ITU-T H.264, E.1.1), which no tool writes by itself. */
function claimingNothing(stream: Uint8Array): Buffer {
  const units = ffmpeg(["-i", "pipe:0", "-c", "copy", "-f", "h264", "pipe:1"], stream)
    .toString("latin1")
    .split("\0\0\u0001")
    .slice(1);
  const changed = units.map((unit) => ((unit.charCodeAt(0) & 0x1f) === 7 ? untimed(unit) : unit));
  const raw = Buffer.from(changed.map((unit) => `\0\0\0\u0001${unit}`).join(""), "latin1");
  const timed = ["-r", `${RATE_FPS}`, "-f", "h264", "-i", "pipe:0", "-c", "copy"];
  return ffmpeg([...timed, "-f", "mpegts", "pipe:1"], raw);
}

function untimed(unit: string): string {
  const bits = bitsOf(Buffer.from(unit.replaceAll("\0\0\u0003", "\0\0"), "latin1"));
  const said = word(1) + word(2 * RATE_FPS);
  expect(bits.split(said)).toHaveLength(2);
  const bytes = bits.replace(said, word(0) + word(0)).match(/.{8}/g) ?? [];
  const raw = String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 2)));
  // What begins like a start code is kept apart by a 3 (7.4.1).
  return [...raw].reduce((whole, byte) => {
    const isLikeStart = whole.endsWith("\0\0") && byte.charCodeAt(0) <= 3;
    return whole + (isLikeStart ? "\u0003" : "") + byte;
  }, "");
}

async function camera(
  play: (response: ServerResponse, connection: number) => unknown,
  onTestFinished: TestContext["onTestFinished"],
): Promise<Watched> {
  let connections = 0;
  const server = await serveHttp((_request, response) => {
    void play(response.writeHead(200, { "content-type": "video/mp2t" }), connections++);
  });
  const watched = watchInTest(`${server.url}/live.ts`);
  onTestFinished(async () => {
    watched.stop();
    server.close();
    await watched.ended;
  });
  return watched;
}

async function play(response: ServerResponse, data: Uint8Array, seconds: number): Promise<void> {
  const at_once = Math.floor((data.length * AT_ONCE_S) / seconds);
  response.write(data.subarray(0, at_once));
  await playLive(response, data.subarray(at_once), seconds - AT_ONCE_S);
}

test.concurrent.for([
  { claim: "no pictures a second", made: claimingNothing },
  { claim: "a picture in four seconds", made: (stream: Uint8Array) => claiming(stream, "1/2") },
  { claim: "1,000 pictures a second", made: (stream: Uint8Array) => claiming(stream, "2000") },
])(
  "a header that claims $claim: of ten that come each second five are looked at, and all are recorded, in their own time",
  { timeout: PATIENCE_MS },
  async ({ made }, { onTestFinished }) => {
    const seconds = 16;
    const stream = made(clip(seconds));
    const watched = await camera((response, connection) => {
      if (connection === 0) void play(response, stream, seconds).then(() => response.end());
    }, onTestFinished);
    await eventually(() => expect(watched.changes.map(({ kind }) => kind)).toContain("lost"), PATIENCE_MS);
    await eventually(() => expect(watched.segments.at(-1)?.to_ms).toBeGreaterThan(0), PATIENCE_MS);
    const { segments, frames, changes } = watched;
    expect(changes[0]).toMatchObject({ kind: "connected" });
    for (const [at, { from_ms }] of segments.entries()) {
      if (at > 0) expect(from_ms).toBe(segments[at - 1]?.to_ms);
    }
    const found = await Promise.all(segments.map(({ data }) => probeBytes(data)));
    const pictures = found.reduce((sum, each) => sum + each.pictures, 0);
    expect(pictures).toBeGreaterThan((seconds - 2) * RATE_FPS);
    expect(found.map(({ begins_with_key }) => begins_with_key)).toEqual(found.map(() => true));
    // What the server had in its buffer came all at once.
    const recorded_ms = (segments.at(-1)?.to_ms ?? 0) - (segments[0]?.from_ms ?? 0);
    expect(recorded_ms).toBeGreaterThan((seconds - AT_ONCE_S - 5) * 1000);
    expect(recorded_ms).toBeLessThan((seconds + 5) * 1000);
    expect(frames.length).toBeGreaterThan(15);
    const apart_ms = ((frames.at(-1)?.at_ms ?? 0) - (frames[0]?.at_ms ?? 0)) / (frames.length - 1);
    expect([apart_ms > 100, apart_ms < 500]).toEqual([true, true]);
  },
);

test.concurrent("a header that claims 120 pictures a second where ten come holds ffmpeg up; the next connection is looked at for a shorter time", {
  timeout: 2 * PATIENCE_MS,
}, async ({ onTestFinished }) => {
  const seconds = 30;
  const stream = claiming(clip(seconds), "240");
  const watched = await camera((response) => play(response, stream, seconds), onTestFinished);
  await eventually(() => expect(watched.segments.length).toBeGreaterThan(1), 2 * PATIENCE_MS);
  expect(watched.changes.map(({ kind }) => kind)).toEqual(["lost", "returned"]);
  expect(watched.segments[1]?.from_ms).toBe(watched.segments[0]?.to_ms);
});

test.concurrent("joined between two key frames far apart, a camera is watched and recorded from the next one on, and then whole without any", {
  timeout: PATIENCE_MS,
}, async ({ onTestFinished }) => {
  const seconds = 20;
  const stream = clip(seconds, ["-g", "999", "-force_key_frames", "0,5"]);
  const from = Math.floor(((stream.length / 188) * 2) / seconds) * 188;
  const joined = (response: ServerResponse) => play(response, stream.subarray(from), seconds - 2);
  const watched = await camera(
    (response, connection) => (connection === 0 ? joined(response) : undefined),
    onTestFinished,
  );
  await eventually(() => expect(watched.segments.length).toBeGreaterThan(0), PATIENCE_MS);
  await eventually(() => expect(watched.changes.map(({ kind }) => kind)).toContain("lost"), PATIENCE_MS);
  const [only, ...others] = watched.segments;
  const { pictures, begins_with_key } = await probeBytes(only?.data ?? new Uint8Array());
  // Fifteen seconds of it, but for what the end cuts off.
  expect([others, begins_with_key, pictures > 140]).toEqual([[], true, true]);
  expect(watched.frames.length).toBeGreaterThan(20);
});
