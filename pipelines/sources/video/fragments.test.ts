import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { createFragmentReader, type Init, isInit, type Packet } from "./fragments.ts";
import { createParameterWatch, parameterSetsOf } from "./parameter-sets.ts";
import { fragmentedVideo } from "./testing.ts";

function read(stream: Uint8Array) {
  const pieces = createFragmentReader()(stream);
  return {
    inits: pieces.filter(isInit),
    packets: pieces.filter((piece): piece is Packet => !isInit(piece)),
  };
}

const kindOf = ({ codec, width_px, height_px }: Init) => ({ codec, width_px, height_px });

test("gives the init once, then a packet a picture with its time", () => {
  const { inits, packets } = read(
    fragmentedVideo({ size: "320x180", seconds: 1, rate_fps: 10 }, ["-g", "5"]),
  );
  expect(inits.map(kindOf)).toEqual([{ codec: "avc1", width_px: 320, height_px: 180 }]);
  expect(packets.map(({ pts_ms, duration_ms, key }) => ({ pts_ms, duration_ms, key }))).toEqual(
    Array.from({ length: 10 }, (_, i) => ({ pts_ms: i * 100, duration_ms: 100, key: i % 5 === 0 })),
  );
});

test("pictures that refer forward keep their own times", () => {
  const options = ["-g", "8", "-preset", "medium", "-bf", "2", "-b_strategy", "0"];
  const { packets } = read(fragmentedVideo({ size: "320x180", seconds: 0.8, rate_fps: 10 }, options));
  const times = packets.map(({ pts_ms }) => pts_ms);
  expect(times).not.toEqual(times.toSorted((a, b) => a - b));
  const first_ms = Math.min(...times);
  expect(times.toSorted((a, b) => a - b).map((time) => time - first_ms)).toEqual([
    0, 100, 200, 300, 400, 500, 600, 700,
  ]);
});

test.for([
  { codec: "hev1", options: ["-c:v", "libx265", "-x265-params", "log-level=none"] },
  { codec: "mp4v", options: ["-c:v", "mpeg4"] },
  { codec: "mp4v", options: ["-c:v", "mjpeg"] },
])("reads $options.1", ({ codec, options }) => {
  const { inits, packets } = read(fragmentedVideo({ size: "320x180", seconds: 0.5, rate_fps: 10 }, options));
  expect([inits[0]?.codec, packets.length, packets[0]?.key]).toEqual([codec, 5, true]);
});

test("sound beside the pictures, or instead of them, is refused", () => {
  for (const sound of [["-f", "lavfi", "-i", "sine=duration=1"], []]) {
    const map = sound.length > 0 ? ["-map", "0:v", "-map", "1:a"] : [];
    const stream = fragmentedVideo({ size: "64x48", seconds: 1, rate_fps: 5 }, map, sound);
    if (sound.length > 0) expect(() => read(stream)).toThrow(AppError);
    else expect(read(stream).inits).toHaveLength(1);
  }
});

test("another size announces itself in its parameter sets", () => {
  const annexB = ["-x264-params", "repeat-headers=1"];
  const [small, large] = ["320x180", "640x360"].map((size) => {
    const [key] = read(fragmentedVideo({ size, seconds: 0.2, rate_fps: 10 }, annexB)).packets;
    return key ?? { data: new Uint8Array(), key: false, pts_ms: 0, duration_ms: 0 };
  });
  if (!small || !large) throw new Error("no packets were made");
  expect(parameterSetsOf(small.data, "avc1")).toMatchObject({ vps: [], sps: [{}], pps: [{}] });
  expect(parameterSetsOf(small.data, "mp4v")).toBeUndefined();
  const changed = createParameterWatch();
  const seen = [small, small, { ...large, key: false }, large, large, small];
  expect(seen.map((packet) => changed(packet, "avc1") !== undefined)).toEqual([
    ...[false, false, false, true, false, true],
  ]);
});
