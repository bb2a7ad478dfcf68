import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Detector } from "@yardline/detection/detector";
import type { Picture } from "@yardline/domain/picture";
import { joinClip } from "@yardline/media/clip";
import { openFileStore } from "@yardline/media/files";
import { makeFilmstrip } from "@yardline/media/filmstrip";
import { makeH264 } from "@yardline/media/h264-proxy";
import type { CameraRecord } from "@yardline/privacy/camera-record";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEdge } from "./edge.ts";
import { cameraOf, partsOf } from "./testing.ts";

const run = promisify(execFile);
const SIZE = { width: 640, height: 360 };
/** The upper left quarter: windows. */
const WINDOWS: [number, number][] = [
  [0, 0],
  [0.5, 0],
  [0.5, 0.5],
  [0, 0.5],
];
const MASKS: Readonly<Record<keyof typeof films, CameraRecord["mask"]>> = {
  "burnt-in": { form: "burnt-in", polygons: [WINDOWS] },
  "in-camera": { form: "in-camera", polygons: [WINDOWS] },
  "none-needed": { form: "none-needed", reason: "nothing private is in view" },
};
/** Well inside of it, in fractions: codecs and smaller pictures blur the seam, never the inside. */
const INSIDE = { left: 0.02, top: 0.02, width: 0.4, height: 0.4 };
/** Luma of black in video is 16; two off it through a codec is nothing that anybody sees. */
const BLACK = { darkest: 14, brightest: 20 };

let folder = "";
/** By whom the mask is painted, the same noisy yard with sound: as it comes, and covered by the camera itself. */
const films: { readonly [form in "burnt-in" | "in-camera" | "none-needed"]: string } = {
  "burnt-in": "open.mp4",
  "in-camera": "covered.mp4",
  "none-needed": "open.mp4",
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "masked-copies-"));
  const noise = `testsrc2=size=${SIZE.width}x${SIZE.height}:rate=10:duration=5`;
  const inputs = ["-f", "lavfi", "-i", noise, "-f", "lavfi", "-i", "sine=frequency=440:duration=5"];
  const coding = [
    "-pix_fmt",
    "yuv420p",
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-bf",
    "0",
    "-g",
    "10",
    "-c:a",
    "aac",
  ];
  const covered = ["-vf", "drawbox=x=0:y=0:w=iw/2:h=ih/2:color=black:t=fill"];
  await run("ffmpeg", ["-v", "error", ...inputs, ...coding, join(folder, "open.mp4")]);
  await run("ffmpeg", ["-v", "error", ...inputs, ...covered, ...coding, join(folder, "covered.mp4")]);
});
const closing = new AsyncDisposableStack();
afterAll(async () => {
  await closing.disposeAsync();
  await rm(folder, { recursive: true, force: true });
});

/** Sees one person all the time, so that there is an event with a snapshot, and keeps what the inside of the mask looked like each time. */
class Witness implements Detector {
  readonly levels = { least: 255, most: 0, pictures: 0 };

  async detect({ data, width_px, height_px }: Picture) {
    const [left, top] = [Math.ceil(INSIDE.left * width_px), Math.ceil(INSIDE.top * height_px)];
    for (let y = top; y < (INSIDE.top + INSIDE.height) * height_px; y += 4) {
      for (let x = left; x < (INSIDE.left + INSIDE.width) * width_px; x += 4) {
        const level = data[y * width_px + x] ?? 255;
        this.levels.least = Math.min(this.levels.least, level);
        this.levels.most = Math.max(this.levels.most, level);
      }
    }
    this.levels.pictures += 1;
    const box = { left: 0.6, top: 0.5, right: 0.7, bottom: 0.9 };
    return [{ label: "person", score: 0.95, box } as const];
  }

  async close(): Promise<void> {}
}

/** The darkest and the brightest luma inside the mask over all pictures of a file. */
function insideOf(film: string | Uint8Array): {
  readonly pictures: number;
  readonly least: number;
  readonly most: number;
} {
  const { left, top, width, height } = INSIDE;
  const crop = `crop=iw*${width}:ih*${height}:iw*${left}:ih*${top},scale=64:36:flags=area,format=gray`;
  const [from, input] = typeof film === "string" ? [film, undefined] : ["pipe:0", film];
  const args = [
    "-nostdin",
    "-v",
    "error",
    "-i",
    from,
    "-vf",
    crop,
    "-vsync",
    "passthrough",
    "-f",
    "rawvideo",
    "pipe:1",
  ];
  const stdin = input === undefined ? args : args.filter((each) => each !== "-nostdin");
  // What is made of it for viewing may be a JPEG's or a full-range picture: gray is full-range, black 0.
  const raw = execFileSync("ffmpeg", stdin, { maxBuffer: 1 << 28, ...(input && { input }) });
  const levels = new Set(raw);
  return { pictures: raw.length / (64 * 36), least: Math.min(...levels), most: Math.max(...levels) };
}

/** Streams of a file that are sound, as ffprobe sees them. */
function soundsIn(path: string): number {
  const args = ["-v", "quiet", "-show_entries", "stream=codec_type", "-of", "csv=p=0", path];
  const kinds = execFileSync("ffprobe", args, { encoding: "utf8" }).split(/\s+/).filter(Boolean);
  expect(kinds, path).toContain("video");
  return kinds.filter((kind) => kind === "audio").length;
}

/** Each camera films once, whoever asks what it left. */
const filming = new Map<keyof typeof films, ReturnType<typeof film>>();
function filmed(form: keyof typeof films): ReturnType<typeof film> {
  const begun = filming.get(form) ?? film(form);
  filming.set(form, begun);
  return begun;
}

/** What one camera leaves behind: everything that is stored or can be asked for. */
async function film(form: keyof typeof films) {
  const store = await openFileStore({ folder: join(folder, `media-${form}`) });
  closing.defer(() => store.close());
  const detector = new Witness();
  const parts = partsOf();
  const camera = cameraOf("yard", join(folder, films[form]), detector);
  const stop = new AbortController();
  const keeping = { ...parts.keeping, keeper: store };
  const masked = { ...camera, record: { ...camera.record, mask: MASKS[form] } };
  const edge = await startEdge([masked], { ...parts, media: store, keeping }, stop.signal);
  await expect.poll(() => edge.listCameras()[0]?.state, { timeout: 120_000 }).toBe("closed");
  expect(edge.listCameras()[0]?.reason).toBe("the recording is at its end");
  stop.abort();
  await edge.ended;
  const period = { camera: "yard", from_ms: 0, to_ms: Date.now() + 60_000 };
  const segments = await store.listSegments("yard", period.from_ms, period.to_ms);
  const clip = await joinClip(store, "yard", segments[0]?.from_ms ?? 0, segments.at(-1)?.to_ms ?? 0);
  if (!clip) throw new Error("nothing was recorded");
  const strip = await makeFilmstrip(clip, AbortSignal.timeout(60_000));
  const proxy = await makeH264(clip, AbortSignal.timeout(60_000));
  await store.keepDerived({ ...period, what: "h264" }, proxy.mp4);
  const snapshots = parts.producer.said.flatMap(({ data }) => data["snapshot"] ?? []).map(String);
  const snapshot = await store.read(snapshots.at(-1) ?? "");
  if (!snapshot) throw new Error("no snapshot was stored");
  return { store, detector, segments, clip, strip, proxy, snapshot };
}

const isBlack = ({ least, most }: { least: number; most: number }) =>
  least >= 0 && most <= BLACK.brightest - BLACK.darkest;

test.for(["burnt-in", "in-camera"] as const)(
  "%s: masked pixels are constant in what is recorded, looked at, shown, made of it and given out",
  { timeout: 240_000 },
  async (form) => {
    const { store, detector, segments, clip, strip, proxy, snapshot } = await filmed(form);
    const { least, most, pictures } = detector.levels;
    expect([pictures > 5, least >= BLACK.darkest, most <= BLACK.brightest]).toEqual([true, true, true]);
    expect(segments.length).toBeGreaterThan(0);
    for (const { id } of segments) {
      const inside = insideOf((await store.read(id)) ?? new Uint8Array());
      expect([inside.pictures > 0, isBlack(inside)], `segment ${inside.least} to ${inside.most}`).toEqual([
        true,
        true,
      ]);
    }
    for (const [name, copy] of Object.entries({ snapshot, export: clip.mp4, proxy: proxy.mp4 })) {
      const inside = insideOf(copy);
      expect([inside.pictures > 0, isBlack(inside)], `${name} ${inside.least} to ${inside.most}`).toEqual([
        true,
        true,
      ]);
    }
    const { width_px, height_px } = strip.tile;
    for (const at of strip.tiles.keys()) {
      const left = Math.ceil(at * width_px + INSIDE.left * width_px);
      const part = {
        left,
        top: Math.ceil(INSIDE.top * height_px),
        width: Math.floor(INSIDE.width * width_px),
        height: Math.floor(INSIDE.height * height_px),
      };
      const pixels = await sharp(strip.jpeg).extract(part).raw().toBuffer();
      expect(Math.max(...new Set(pixels)), `tile ${at}`).toBeLessThan(30);
    }
  },
);

test("audio streams in everything stored, of sources with sound and in each mask form: none", {
  timeout: 240_000,
}, async () => {
  expect(soundsIn(join(folder, "open.mp4"))).toBe(1);
  const counts = new Map<string, number>();
  let sounds = 0;
  for (const form of ["burnt-in", "in-camera", "none-needed"] as const) {
    await filmed(form);
    const top = join(folder, `media-${form}`);
    const names = (await readdir(top, { recursive: true })).filter((name) =>
      /\.(?:mp4|jpg|made|part)$/.test(name),
    );
    for (const name of names) {
      const kind = name.replace(/^.*\./, "");
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      sounds += soundsIn(join(top, name));
    }
  }
  expect([...counts.keys()].toSorted()).toEqual(["jpg", "made", "mp4"]);
  expect(sounds).toBe(0);
});
