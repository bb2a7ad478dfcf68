import { expect, test } from "vitest";
import { chooseStreams } from "./choose-streams.ts";

/** `token H264 1920x1080 source`, as profiles. */
function chosen(...lines: readonly string[]): string | undefined {
  const profiles = lines.map((line) => {
    const [token = "", encoding = "", size = "", source = "lens"] = line.split(" ");
    const [width_px = 0, height_px = 0] = size.split("x").map(Number);
    return { token, name: token, encoding, width_px, height_px, fps: 25, source };
  });
  const streams = chooseStreams(profiles);
  return streams && [streams.main.token, streams.sub?.token ?? "-"].join(" ");
}

test.for([
  { of: ["a H265 3840x2160", "b H264 1280x720", "c H264 640x360", "d JPEG 640x360"], is: "a c" },
  { of: ["a H264 1920x1080", "b H265 1920x1080"], is: "a -" },
  { of: ["a H264 1920x1080", "b H265 640x360", "c H264 704x576"], is: "a c" },
  { of: ["a H264 1920x1080", "b H264 176x144"], is: "a -" },
  { of: ["a H264 1920x1080", "b H264 640x360 other-lens"], is: "a -" },
  { of: ["a H264 640x360"], is: "a -" },
  { of: ["a JPEG 1920x1080"], is: "a -" },
  { of: ["a JPEG 2560x1440", "b H264 1280x720"], is: "b -" },
  { of: [], is: undefined },
])("of $of: $is", ({ of, is }) => {
  expect(chosen(...of)).toBe(is);
});
