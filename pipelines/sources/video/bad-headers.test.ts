import { execFileSync } from "node:child_process";
import type { ServerResponse } from "node:http";
import { eventually } from "@yardline/testkit/eventually";
import { expect, type TestContext, test } from "vitest";
import { fragmentedVideo, playLive, serveHttp, type Watched, watchInTest } from "./testing.ts";

const PATIENCE_MS = 25_000;

/** H.264 as an elementary stream, by the real encoder, `options` of its output. */
function elementary(options: readonly string[], seconds = 12): Uint8Array {
  const source = `testsrc2=size=320x180:rate=10:duration=${seconds}`;
  const coding = ["-c:v", "libx264", "-profile:v", "baseline", "-preset", "ultrafast", "-g", "10"];
  return execFileSync(
    "ffmpeg",
    [
      "-nostdin",
      "-v",
      "error",
      "-f",
      "lavfi",
      "-i",
      source,
      "-pix_fmt",
      "yuv420p",
      ...coding,
      ...options,
      "pipe:1",
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
}

async function camera(
  play: (response: ServerResponse, connection: number) => unknown,
  onTestFinished: TestContext["onTestFinished"],
): Promise<Watched> {
  let connections = 0;
  const server = await serveHttp((_request, response) => void play(response, connections++));
  const watched = watchInTest(`${server.url}/live`);
  onTestFinished(async () => {
    watched.stop();
    server.close();
    await watched.ended;
  });
  return watched;
}

const begin = (response: ServerResponse, type: string) => response.writeHead(200, { "content-type": type });

/** Unsigned Exp-Golomb code (ITU-T H.264, 9.1). */
const ue = (value: number) => {
  const bits = (value + 1).toString(2);
  return "0".repeat(bits.length - 1) + bits;
};

/** A sequence parameter set (H.264, 7.3.2.1.1) of baseline profile, level 6.2, that claims so many macroblocks each way. */
function parameterSet(width_mbs: number, height_mbs: number): Uint8Array {
  const fields = [ue(0), ue(0), ue(2), ue(1), "0", ue(width_mbs - 1), ue(height_mbs - 1), "1", "1", "0", "0"];
  const bits = `${fields.join("")}1`;
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Uint8Array.from([0x67, 66, 0xc0, 62, ...whole.map((byte) => Number.parseInt(byte, 2))]);
}

/** The stream with every parameter set replaced. NAL units begin with 00 00 01; a nought that is left before it ends the one before, as it may. */
function claiming(stream: Uint8Array, set: Uint8Array): Uint8Array {
  const units = Buffer.from(stream).toString("latin1").split("\0\0\u0001").slice(1);
  const pieces = units.flatMap((unit) => [
    Buffer.from([0, 0, 0, 1]),
    (unit.charCodeAt(0) & 0x1f) === 7 ? Buffer.from(set) : Buffer.from(unit, "latin1"),
  ]);
  return Buffer.concat(pieces);
}

test.concurrent.for([
  { what: "65,520 × 65,520", side_mbs: 4_095 },
  { what: "16,000 × 16,000", side_mbs: 1_000 },
])(
  "an H.264 header that claims $what is no video: nothing is decoded, and a camera beside it does not notice",
  async ({ side_mbs }, { onTestFinished }) => {
    const stream = claiming(elementary(["-f", "h264"]), parameterSet(side_mbs, side_mbs));
    const bad = await camera((response) => {
      begin(response, "video/h264").end(stream);
    }, onTestFinished);
    const clip = fragmentedVideo({ size: "320x180", seconds: 12, rate_fps: 10 }, ["-g", "10"]);
    const good = await camera((response) => playLive(begin(response, "video/mp4"), clip, 12), onTestFinished);
    await eventually(() => expect(good.frames.length).toBeGreaterThan(25), PATIENCE_MS);
    await eventually(
      () => expect(bad.changes[0]).toMatchObject({ kind: "lost", why: "not-video" }),
      PATIENCE_MS,
    );
    expect([bad.frames, bad.segments]).toEqual([[], []]);
    expect(bad.notes.filter(({ kind }) => kind === "decoder-restarted")).toEqual([]);
    expect(good.changes.map(({ kind }) => kind)).toEqual(["connected"]);
  },
);
