import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { readRecording } from "./read-recording.ts";
import { playLive, probeBytes, serveHttp, type Watched, watchInTest } from "./testing.ts";

const PATIENCE_MS = 40_000;
const SECONDS = 16;
const WHITE_FROM_S = 6;
const PRIVATE = { x: 0, y: 0, side: 0.25 };

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-two-streams-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Fragmented MP4 by the real encoder: test bars that turn white; a corner of one colour where the camera covers it. */
function clip(size: string, { covered = false } = {}): Uint8Array {
  const white = `drawbox=color=white:t=fill:enable='gte(t,${WHITE_FROM_S})'`;
  const { x, y, side } = PRIVATE;
  const cover = `,drawbox=x=${x}:y=${y}:w=iw*${side}:h=ih*${side}:color=gray:t=fill`;
  const args = ["-nostdin", "-v", "error", "-f", "lavfi"];
  const source = `testsrc2=size=${size}:rate=10:duration=${SECONDS}`;
  const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "10", "-pix_fmt", "yuv420p"];
  const form = ["-f", "mp4", "-movflags", "+frag_every_frame+empty_moov+default_base_moof", "pipe:1"];
  const filter = covered ? white + cover : white;
  return execFileSync("ffmpeg", [...args, "-i", source, "-vf", filter, ...coding, ...form], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

type Play = (response: ServerResponse, connection: number) => unknown;

/** A camera with a main stream of 640×360 and a sub stream of 320×180, each played as told. */
async function camera(
  { main, sub }: { readonly main: Play; readonly sub: Play },
  onTestFinished: TestContext["onTestFinished"],
  mask?: Parameters<typeof watchInTest>[1],
): Promise<Watched> {
  const connections = { main: 0, sub: 0 };
  const server = await serveHttp((request, response) => {
    const which = request.url === "/main" ? "main" : "sub";
    void { main, sub }[which](response, connections[which]++);
  });
  const watched = watchInTest(`${server.url}/main`, { ...mask, sub: `${server.url}/sub` });
  onTestFinished(async () => {
    watched.stop();
    server.close();
    await watched.ended;
  });
  return watched;
}

async function play(response: ServerResponse, data: Uint8Array, seconds = SECONDS): Promise<void> {
  response.writeHead(200, { "content-type": "video/mp4" });
  await playLive(response, data.subarray(0, Math.floor((data.length * seconds) / SECONDS)), seconds);
}

const widthsOf = ({ frames }: Watched) => new Set(frames.map(({ picture }) => picture.width_px));
const toldOf = ({ changes }: Watched) => changes.map(({ stream, kind }) => `${stream} ${kind}`);
const isWhite = ({ data, width_px, height_px }: Watched["frames"][number]["picture"]) =>
  (data[Math.floor((height_px / 2 + 0.5) * width_px)] ?? 0) > 220;

/** When the recording turns white, by its segments' own times. */
async function whiteInRecording({ segments }: Watched): Promise<number> {
  for (const [at, { data, from_ms }] of segments.entries()) {
    const path = join(folder, `${at}.mp4`);
    await writeFile(path, data);
    let first_ms: number | undefined;
    for await (const { at_ms, picture } of readRecording(path, {
      camera: "yard",
      rate_fps: 10,
      start_ms: 0,
    })) {
      first_ms ??= at_ms;
      if (isWhite(picture)) return from_ms + at_ms - first_ms;
    }
  }
  return Number.NaN;
}

test.concurrent("the main stream is recorded, the sub stream looked at, and their times agree", async ({
  onTestFinished,
}) => {
  const waiting = Promise.withResolvers<void>();
  let here = 0;
  const together = async (response: ServerResponse, size: string) => {
    if (++here === 2) waiting.resolve();
    await waiting.promise;
    await play(response, clip(size));
  };
  const watched = await camera(
    { main: (response) => together(response, "640x360"), sub: (response) => together(response, "320x180") },
    onTestFinished,
  );
  await eventually(() => expect(watched.segments.length).toBeGreaterThan(1), PATIENCE_MS);
  await eventually(
    () => expect(watched.frames.some(({ picture }) => isWhite(picture))).toBe(true),
    PATIENCE_MS,
  );
  expect([...widthsOf(watched)]).toEqual([320]);
  const [segment] = watched.segments;
  expect((await probeBytes(segment?.data ?? new Uint8Array())).size).toBe("640x360");
  expect(toldOf(watched).toSorted()).toEqual(["main connected", "sub connected"]);
  const seen_ms = watched.frames.find(({ picture }) => isWhite(picture))?.at_ms ?? 0;
  // Five pictures a second are looked at; a machine under load delays one of the two more than the other.
  expect(Math.abs(seen_ms - (await whiteInRecording(watched)))).toBeLessThan(1_000);
});

test.concurrent("a sub stream that is lost: told, the main one is looked at until it is back, and its recording has no gap", async ({
  onTestFinished,
}) => {
  const [large, small] = [clip("640x360"), clip("320x180")];
  const seen = () => expect(widthsOf(watched)).toContain(320);
  /** The first ends as soon as a picture of it was looked at, however busy the machine; the second is refused. */
  const subStreams: Play[] = [
    (response) => {
      void play(response, small);
      void eventually(seen, PATIENCE_MS).finally(() => response.end());
    },
    (response) => response.writeHead(503).end(),
    (response) => play(response, small),
  ];
  const watched: Watched = await camera(
    {
      main: (response) => play(response, large),
      sub: (response, connection) => subStreams[Math.min(connection, 2)]?.(response, connection),
    },
    onTestFinished,
  );
  await eventually(() => expect(toldOf(watched)).toContain("sub returned"), PATIENCE_MS);
  expect(toldOf(watched).filter((told) => told.startsWith("main"))).toEqual(["main connected"]);
  await eventually(() => expect(widthsOf(watched)).toEqual(new Set([320, 640])), PATIENCE_MS);
  const times = watched.frames.map(({ at_ms }) => at_ms);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test.concurrent("a main stream that is lost: told, and the sub stream is looked at all the while", async ({
  onTestFinished,
}) => {
  const watched = await camera(
    {
      main: (response) => play(response, clip("640x360"), 4).then(() => response.end()),
      sub: (response) => play(response, clip("320x180")),
    },
    onTestFinished,
  );
  await eventually(() => expect(toldOf(watched)).toContain("main lost"), PATIENCE_MS);
  const before = watched.frames.length;
  await eventually(() => expect(watched.frames.length).toBeGreaterThan(before + 5), PATIENCE_MS);
  expect(toldOf(watched)).not.toContain("sub lost");
  expect([...widthsOf(watched)]).toEqual([320]);
});

const { side } = PRIVATE;
const POLYGON = [
  [0, 0],
  [side, 0],
  [side, side],
  [0, side],
] as const;

test.concurrent("a camera that covers its sub stream and forgets the main one is closed, and nothing of it is kept", async ({
  onTestFinished,
}) => {
  const watched = await camera(
    {
      main: (response) => play(response, clip("640x360")),
      sub: (response) => play(response, clip("320x180", { covered: true })),
    },
    onTestFinished,
    { mask: { form: "in-camera", polygons: [POLYGON] } },
  );
  expect(await watched.ended).toMatchObject({ code: "MASK_BROKEN" });
  expect(watched.segments).toEqual([]);
});

test("a second stream beside a mask of ours is refused before anything is asked for", async ({
  onTestFinished,
}) => {
  let asked = 0;
  const watched = await camera({ main: () => asked++, sub: () => asked++ }, onTestFinished, {
    mask: { form: "burnt-in", polygons: [POLYGON] },
  });
  expect(await watched.ended).toMatchObject({ code: "CAMERA_STREAMS" });
  expect(asked).toBe(0);
});
