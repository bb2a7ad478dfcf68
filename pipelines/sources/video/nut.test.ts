import { execFileSync } from "node:child_process";
import { AppError } from "@yardline/domain/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createNutReader, type RawPicture } from "./nut.ts";

/** Grey pictures whose every luma byte is the picture's number, written by the real ffmpeg. */
function grey({ size, rate, frames }: { size: string; rate: string; frames: number }): Uint8Array {
  return execFileSync(
    "ffmpeg",
    [
      ...["-nostdin", "-v", "error", "-f", "lavfi", "-i", `color=black:size=${size}:rate=${rate}`],
      ...["-vf", `scale=${size.replace("x", ":")},geq=lum=16+N:cb=128:cr=128`, "-frames:v", String(frames)],
      ...["-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "nut", "pipe:1"],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
}

function readAll(stream: Uint8Array, cuts: readonly number[]): RawPicture[] {
  const read = createNutReader();
  const places = [...new Set(cuts.map((cut) => cut % stream.length))].sort((a, b) => a - b);
  return [0, ...places].flatMap((from, i) => read(stream.subarray(from, places[i] ?? stream.length)));
}

test.for([
  { size: "32x18", rate: "25", frames: 30, step_s: 0.04 },
  { size: "321x181", rate: "30000/1001", frames: 12, step_s: 1001 / 30000 },
  { size: "1280x720", rate: "5", frames: 4, step_s: 0.2 },
])("reads pictures of $size at $rate fps with their times", ({ step_s, ...made }) => {
  const pictures = readAll(grey(made), []);
  const seen = pictures.map(({ pts_s, data, width_px, height_px }) => ({
    pts_s: Math.round(pts_s * 1e6),
    luma: [data[0], data[width_px * height_px - 1]],
    size: `${width_px}x${height_px}`,
  }));
  expect(seen).toEqual(
    Array.from({ length: made.frames }, (_, i) => ({
      pts_s: Math.round(i * step_s * 1e6),
      luma: [16 + i, 16 + i],
      size: made.size,
    })),
  );
});

test("how a pipe cuts the stream changes nothing", () => {
  const stream = grey({ size: "32x18", rate: "25", frames: 12 });
  const whole = readAll(stream, []);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length - 1), { maxLength: 40 }), (cuts) => {
      expect(readAll(stream, cuts)).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});

test("broken bytes give pictures or one AppError, never anything else", () => {
  const stream = grey({ size: "32x18", rate: "25", frames: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { minLength: 1 }), (flips) => {
      const broken = Uint8Array.from(stream);
      for (const [at, value] of flips) broken[at] = value;
      try {
        readAll(broken, []);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(AppError);
      }
    }),
    { numRuns: 300 },
  );
});
