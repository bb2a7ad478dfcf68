import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { codecStringOf } from "./codec-string.ts";

function headOf(...coding: readonly string[]): Uint8Array {
  return execFileSync(
    "ffmpeg",
    [
      ...["-v", "error", "-f", "lavfi", "-i", "color=gray:size=320x240:rate=5:duration=1"],
      ...[...coding, "-f", "mp4", "-movflags", "+frag_every_frame+empty_moov+default_base_moof", "pipe:1"],
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
}

test("codecs as a browser is asked for them", () => {
  const avc = ["-c:v", "libx264", "-profile:v", "main", "-level", "3.1"];
  expect(codecStringOf(headOf(...avc))).toMatch(/^avc1\.4d[0-9a-f]{2}1f$/);
  const hevc = [
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-tag:v",
    "hvc1",
    "-x265-params",
    "log-level=none",
  ];
  expect(codecStringOf(headOf(...hevc))).toBe("hvc1.1.6.L60.90");
  expect(codecStringOf(headOf("-c:v", "mpeg4"))).toBeUndefined();
  expect(codecStringOf(Uint8Array.of(1, 2, 3))).toBeUndefined();
});
