import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Cover, evenInside } from "@yardline/evidence/cover-picture";
import { openedAt } from "@yardline/evidence/opened";
import { redactClip } from "@yardline/evidence/redact-clip";
import { openSession } from "@yardline/models/runtime/session";
import { expect, onTestFinished, test } from "vitest";

const DATA = join(import.meta.dirname, "../../../shared/data/video");
const FACES = join(DATA, "models/yunet_n_320_320.onnx");
const BYTES_MAX = 1_000_000_000;
const FRAGMENTS = ["-f", "mp4", "-movflags", "+frag_every_frame+empty_moov+default_base_moof", "pipe:1"];
const quiet = new AbortController().signal;

const ffmpeg = (args: readonly string[], input?: Uint8Array) =>
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", ...args], {
    maxBuffer: BYTES_MAX,
    ...(input && { input }),
  });

/** Every picture of a clip, one after the other. */
const decoded = (mp4: Uint8Array, format: "gray" | "bgr24", size: string) =>
  ffmpeg(
    [
      "-i",
      "pipe:0",
      "-vf",
      `scale=${size.replace("x", ":")}`,
      "-vsync",
      "passthrough",
      "-pix_fmt",
      format,
      "-f",
      "rawvideo",
      "pipe:1",
    ],
    mp4,
  );

type Truth = readonly {
  readonly t: number;
  readonly objs: readonly { readonly id: number; readonly box: readonly number[] }[];
}[];
const WIDTH_PX = 1280;
const HEIGHT_PX = 720;
const FROM_S = 12;
const LENGTH_S = 4;
/** What the encoder smears over the edge of what is open, into what is covered: never the other way. */
const SMEAR_PX = 8;
/** What the encoder makes of one grey. */
const GREY_MIN = 90;
const GREY_MAX = 102;

test.skipIf(!existsSync(DATA))(
  "of whom nobody opens not one pixel is left uncovered (needs ../shared/data)",
  { timeout: 180_000 },
  async () => {
    const truth: Truth = JSON.parse(await readFile(join(DATA, "clips/synthetic-courtyard.gt.json"), "utf8"));
    const clip = join(DATA, "clips/synthetic-courtyard.mp4");
    const mp4 = ffmpeg([
      "-ss",
      String(FROM_S),
      "-t",
      String(LENGTH_S),
      "-i",
      clip,
      "-an",
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-bf",
      "0",
      ...FRAGMENTS,
    ]);
    const frames = truth.filter(({ t }) => t >= FROM_S - 1e-6 && t < FROM_S + LENGTH_S - 1e-6);
    const subject = 1;
    const path = frames.flatMap(({ t, objs }) =>
      objs.flatMap(({ id, box: [l = 0, top = 0, r = 0, b = 0] }) =>
        id === subject
          ? [
              {
                at_ms: Math.round(t * 1_000),
                box: [l / WIDTH_PX, top / HEIGHT_PX, r / WIDTH_PX, b / HEIGHT_PX] as [
                  number,
                  number,
                  number,
                  number,
                ],
              },
            ]
          : [],
      ),
    );
    const stretches = [{ from_ms: FROM_S * 1_000, to_ms: (FROM_S + LENGTH_S) * 1_000 }];
    const redacted = await redactClip({ mp4, stretches }, "solid", [{ path }], quiet);
    const pictures = decoded(redacted.mp4, "gray", `${WIDTH_PX}x${HEIGHT_PX}`);
    const counted = { uncovered: 0, of_others: 0, open: 0 };
    for (const [nth, { t, objs }] of frames.entries()) {
      const picture = pictures.subarray(nth * WIDTH_PX * HEIGHT_PX, (nth + 1) * WIDTH_PX * HEIGHT_PX);
      const opened = openedAt([{ path }], Math.round(t * 1_000));
      const rects = opened.map((each) => evenInside(each, WIDTH_PX, HEIGHT_PX));
      for (const { id, box } of objs) {
        const seen = pixelsOf(box).filter(([x, y]) => isUncovered(picture[y * WIDTH_PX + x] ?? 0));
        if (id === subject) counted.open += seen.length;
        if (id === subject) continue;
        const isFar = ([x, y]: Pixel) => !rects.some((rect) => isNear(rect, x, y));
        counted.of_others += pixelsOf(box).filter(isFar).length;
        counted.uncovered += seen.filter(isFar).length;
      }
    }
    const { uncovered, of_others, open } = counted;
    process.stdout.write(
      `pixels of others ${of_others}, uncovered ${uncovered}; of the subject uncovered ${open}\n`,
    );
    expect({ uncovered, sees_subject: open > 10_000, counted: of_others > 1_000_000 }).toEqual({
      uncovered: 0,
      sees_subject: true,
      counted: true,
    });
  },
);

type Pixel = readonly [x: number, y: number];

function pixelsOf([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]): readonly Pixel[] {
  const pixels: Pixel[] = [];
  for (let y = Math.max(0, top); y < Math.min(HEIGHT_PX, bottom); y++) {
    for (let x = Math.max(0, left); x < Math.min(WIDTH_PX, right); x++) pixels.push([x, y]);
  }
  return pixels;
}

const isUncovered = (grey: number) => grey < GREY_MIN || grey > GREY_MAX;

function isNear({ x, y, w, h }: ReturnType<typeof evenInside>, at_x: number, at_y: number): boolean {
  const within = (at: number, from: number, length: number) =>
    at >= from - SMEAR_PX && at < from + length + SMEAR_PX;
  return within(at_x, x, w) && within(at_y, y, h);
}

/** How many pictures YuNet, which had no part in the redaction, finds a face in. @see https://github.com/opencv/opencv_zoo */
async function faces(mp4: Uint8Array): Promise<{ pictures: number; with_faces: number }> {
  const side_px = 320;
  const session = await openSession(await readFile(FACES));
  onTestFinished(() => session.close());
  const raw = decoded(mp4, "bgr24", `${side_px}x${side_px}`);
  const bytes = side_px * side_px * 3;
  let with_faces = 0;
  for (let at = 0; at + bytes <= raw.length; at += bytes) {
    const values = new Float32Array(bytes);
    for (let pixel = 0; pixel < side_px * side_px; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        values[channel * side_px * side_px + pixel] = raw[at + pixel * 3 + channel] ?? 0;
      }
    }
    const found = await session.run({ input: { shape: [1, 3, side_px, side_px], values } });
    const sure = [8, 16, 32].some((stride) =>
      found[`cls_${stride}`]?.some(
        (score, cell) => Math.sqrt(score * (found[`obj_${stride}`]?.[cell] ?? 0)) > 0.6,
      ),
    );
    if (sure) with_faces += 1;
  }
  return { pictures: raw.length / bytes, with_faces };
}

test.skipIf(!existsSync(FACES)).for(["solid", "mosaic"] as const satisfies readonly Cover[])(
  "%s: a detector that had no part in it finds faces before, and none after (needs ../shared/data)",
  { timeout: 180_000 },
  async (cover) => {
    const mp4 = ffmpeg([
      ...["-framerate", "1", "-pattern_type", "glob", "-i", join(DATA, "coco64/images/*.jpg")],
      ...[
        "-vf",
        "scale=640:640",
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "0",
        ...FRAGMENTS,
      ],
    ]);
    const redacted = await redactClip({ mp4, stretches: [{ from_ms: 0, to_ms: 100_000 }] }, cover, [], quiet);
    const [before, after] = [await faces(mp4), await faces(redacted.mp4)];
    process.stdout.write(
      `${cover}: pictures ${after.pictures}, with faces before ${before.with_faces}, after ${after.with_faces}\n`,
    );
    expect(before.with_faces).toBeGreaterThan(5);
    expect(after.with_faces).toBe(0);
  },
);
