import { execFile, execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { MaskForm } from "@yardline/domain/camera";
import type { Frame } from "@yardline/domain/picture";
import { systemClock } from "@yardline/domain/time";
import type { CapturedFix } from "../positions/carried-positions.ts";
import { CameraAddress } from "./camera-address.ts";
import { LiveStream } from "./live-stream.ts";
import type { SegmentOf, StoreSegment } from "./recorder.ts";
import { createStartGate } from "./start-gate.ts";
import { type StreamChange, type StreamNote, watchCamera } from "./watch-camera.ts";

const run = promisify(execFile);

type Drawn = {
  readonly size: string;
  readonly seconds: number;
  readonly rate_fps: number;
  /** Instead of the test bars. */
  readonly white?: boolean;
};

/**
 * Draws a test clip with the real ffmpeg: moving test bars of a size, all white, or two seconds of `sound` alone.
 * @param options of the output. @param beside another input.
 */
export async function makeVideo(
  path: string,
  what: Drawn | "sound",
  options: readonly string[] = [],
  beside: readonly string[] = [],
): Promise<void> {
  const source =
    what === "sound"
      ? "sine=frequency=440:duration=2"
      : `${what.white ? "color=white:" : "testsrc2="}size=${what.size}:rate=${what.rate_fps}:duration=${what.seconds}`;
  const pixels = what === "sound" || options.includes("mjpeg") ? [] : ["-pix_fmt", "yuv420p"];
  const speed = options.includes("libx264") || options.length === 0 ? ["-preset", "ultrafast"] : [];
  await run("ffmpeg", [
    ...["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source, ...beside],
    ...(what === "sound" ? [] : ["-vf", `scale=${what.size.replace("x", ":")}`]),
    ...pixels,
    ...(what === "sound" ? [] : speed),
    ...options,
    path,
  ]);
}

const STREAM_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Fragmented MP4 as a puller gives it, one picture a fragment, drawn and encoded by the real ffmpeg.
 * @param options of the output; H.264 without B-frames where they name no codec. @param beside another input.
 */
export function fragmentedVideo(
  { size, seconds, rate_fps }: Drawn,
  options: readonly string[] = [],
  beside: readonly string[] = [],
): Uint8Array {
  const codec = options.includes("-c:v")
    ? []
    : ["-c:v", "libx264", "-preset", "ultrafast", "-sc_threshold", "0"];
  return execFileSync(
    "ffmpeg",
    [
      ...["-nostdin", "-v", "error", "-f", "lavfi"],
      ...["-i", `testsrc2=size=${size}:rate=${rate_fps}:duration=${seconds}`, ...beside],
      ...[...codec, "-pix_fmt", "yuv420p", ...options],
      ...["-f", "mp4", "-movflags", "+frag_every_frame+empty_moov+default_base_moof", "pipe:1"],
    ],
    { maxBuffer: STREAM_BYTES_MAX, stdio: ["ignore", "pipe", "ignore"] },
  );
}

/** One JPEG picture of test bars, `at_s` seconds on, by the real encoder. */
export function drawnJpeg(size: string, at_s = 0): Uint8Array {
  const skipped = ["-ss", String(at_s)];
  const drawn = [
    "-f",
    "lavfi",
    "-i",
    `testsrc2=size=${size}:rate=1:duration=9`,
    ...skipped,
    "-frames:v",
    "1",
  ];
  const args = ["-nostdin", "-v", "error", ...drawn, "-c:v", "mjpeg", "-f", "mjpeg", "pipe:1"];
  return execFileSync("ffmpeg", args, { maxBuffer: STREAM_BYTES_MAX, stdio: ["ignore", "pipe", "ignore"] });
}

type Child = {
  readonly pid: number;
  readonly argv: string;
  /** Whether a text stands in its arguments or its environment. */
  mentions(text: string): boolean;
};

/** What one camera gave while it was watched in a test. */
export type Watched = {
  readonly frames: Frame[];
  readonly segments: (SegmentOf & { readonly data: Uint8Array })[];
  readonly changes: StreamChange[];
  readonly notes: StreamNote[];
  readonly placed: CapturedFix[];
  /** What whoever looks on now is given of its one stream, or its main one. */
  readonly live: LiveStream;
  /** ffmpeg children of this process that were not there before, as the process list shows them. */
  children(): readonly Child[];
  stop(): void;
  /** Resolves to what `watchCamera` threw, or to undefined. */
  readonly ended: Promise<unknown>;
};

type WatchedFeed = {
  mask?: MaskForm;
  loop?: boolean;
  store?: StoreSegment;
  sub?: string;
  /** Its stream may tell where it is. */
  rides?: boolean;
};

/** Watches a camera with real children and a real clock, and keeps everything. */
export function watchInTest(
  address: string,
  { mask, loop, store, sub, rides = false }: WatchedFeed = {},
): Watched {
  const stop = new AbortController();
  const before = new Set(listChildren().map(({ pid }) => pid));
  const [frames, segments, changes, notes]: [Frame[], Watched["segments"], StreamChange[], StreamNote[]] = [
    [],
    [],
    [],
    [],
  ];
  const placed: CapturedFix[] = [];
  const [live, sub_live] = [new LiveStream(), new LiveStream()];
  const feed = {
    camera: "yard",
    carries_positions: rides,
    address: CameraAddress.parse(address),
    ...(sub !== undefined && { sub: CameraAddress.parse(sub) }),
    mask: mask ?? ({ form: "none-needed", reason: "a drawn picture" } as const),
    rate_fps: 5,
    loop: loop ?? false,
  };
  const ended = watchCamera(
    feed,
    {
      frame: (frame) => void frames.push(frame),
      segment:
        store ?? (async (segment, data) => void segments.push({ ...segment, data: Uint8Array.from(data) })),
      change: (change) => void changes.push(change),
      note: (note) => void notes.push(note),
      placed: (fixes) => void placed.push(...fixes),
      live: { main: live.tap(stop.signal), sub: sub_live.tap(stop.signal) },
    },
    { clock: systemClock, random: Math.random, newId: randomUUID, enter: createStartGate(() => 0) },
    stop.signal,
  ).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const children = () => listChildren().filter(({ pid }) => !before.has(pid));
  return { frames, segments, changes, notes, placed, live, children, stop: () => stop.abort(), ended };
}

export function listChildren(): Child[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      const parent = readFileSync(`/proc/${name}/stat`, "latin1").split(") ")[1]?.split(" ")[1];
      if (parent !== String(process.pid)) return [];
      const read = (what: string) => readFileSync(`/proc/${name}/${what}`, "latin1").replaceAll("\0", " ");
      const [argv, environ] = [read("cmdline"), read("environ")];
      const mentions = (text: string) => argv.includes(text) || environ.includes(text);
      return argv.includes("ffmpeg") ? [{ pid: Number(name), argv, mentions }] : [];
    } catch {
      return []; // Not a process, or gone meanwhile.
    }
  });
}

/** What ffprobe counts in a file of its own made of `data`. */
export async function probeBytes(data: Uint8Array) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-probe-"));
  try {
    const path = join(folder, "probed.mp4");
    await writeFile(path, data);
    const entries = "stream=codec_type,codec_name,width,height,nb_read_frames:packet=flags,pts_time";
    const { stdout } = await run(
      "ffprobe",
      ["-v", "error", "-count_frames", "-show_packets", "-show_entries", entries, "-of", "json", path],
      { maxBuffer: STREAM_BYTES_MAX },
    );
    const { streams, packets } = JSON.parse(stdout);
    return {
      kinds: streams.map((stream: Record<string, unknown>) => stream["codec_type"]),
      codec: String(streams[0]?.codec_name),
      size: `${streams[0]?.width}x${streams[0]?.height}`,
      pictures: Number(streams[0]?.nb_read_frames),
      begins_with_key: String(packets[0]?.flags).startsWith("K"),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const SLICE_MS = 100;

/** Writes a clip of so many seconds as a camera would, in about as long. */
export async function playLive(response: ServerResponse, clip: Uint8Array | undefined, seconds: number) {
  const slice = Math.ceil((clip?.length ?? 0) / ((seconds * 1000) / SLICE_MS));
  for (let at = 0; clip && at < clip.length && response.writable; at += slice) {
    response.write(clip.subarray(at, at + slice));
    await delay(SLICE_MS);
  }
}

/** An HTTP server on loopback, on a port of its own. */
export async function serveHttp(answer: RequestListener): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
