import { expect, test } from "vitest";
import { createFragmentReader, isInit } from "./fragments.ts";
import { adviceOn } from "./probe-advice.ts";
import { type CameraFigures, figuresOf, type ProbedPacket } from "./probe-figures.ts";
import { fragmentedVideo } from "./testing.ts";

/** A clip by the real encoder, its packets arriving as they are shown, on a camera clock that runs so fast. */
function probed(options: readonly string[], { seconds = 4, drift_ppm = 0 } = {}): CameraFigures {
  const pieces = createFragmentReader()(fragmentedVideo({ size: "320x180", seconds, rate_fps: 10 }, options));
  const init = pieces.find(isInit);
  const packets = pieces.flatMap((piece, at): readonly ProbedPacket[] =>
    isInit(piece)
      ? []
      : [
          {
            ...piece,
            bytes: piece.data.length,
            arrived_ms: piece.pts_ms * (1 - drift_ppm / 1e6) + 40 + ((at * 7) % 11),
          },
        ],
  );
  if (!init) throw new Error("no head");
  return figuresOf(init, packets);
}

test("what a steady camera sends", () => {
  const { bit_rate_kbps, ...rest } = probed(["-g", "20", "-bf", "0", "-profile:v", "baseline"]);
  expect(bit_rate_kbps).toBeGreaterThan(50);
  expect(rest).toMatchObject({
    codec: "h264",
    width_px: 320,
    height_px: 180,
    listened_s: 3.9,
    fps: 10,
    unevenness: 1,
    key_frame_distance_s: 2,
    b_frames: false,
  });
  expect(rest.profile).toMatch(/^Baseline@\d\.\d$/);
});

test("B-frames, a codec and a key frame that comes once are seen", () => {
  expect(probed(["-c:v", "libx264", "-bf", "2", "-g", "200"])).toMatchObject({ b_frames: true });
  const h265 = probed([
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-x265-params",
    "log-level=none",
    "-g",
    "200",
  ]);
  expect([h265.codec, h265.key_frame_distance_s, h265.profile?.startsWith("Main@")]).toEqual([
    "h265",
    undefined,
    true,
  ]);
});

test("after a minute the camera's clock is measured, whatever the delays", () => {
  const fast = probed(["-g", "10"], { seconds: 62, drift_ppm: 2_000 });
  expect(Math.abs((fast.drift_ppm ?? 0) - 2_000)).toBeLessThan(300);
  expect(Math.abs(probed(["-g", "10"], { seconds: 62 }).drift_ppm ?? 9_999)).toBeLessThan(300);
  expect(probed(["-g", "10"]).drift_ppm).toBeUndefined();
});

const GOOD: CameraFigures = {
  codec: "h264",
  width_px: 1280,
  height_px: 720,
  listened_s: 10,
  fps: 15,
  unevenness: 1.1,
  bit_rate_kbps: 2_000,
  key_frame_distance_s: 2,
  b_frames: false,
};

test("nothing is said of a good camera", () => {
  expect(adviceOn(GOOD)).toEqual([]);
});

test.for([
  { change: { codec: "h265" }, says: /H\.265.*browser/ },
  { change: { codec: "mjpeg" }, says: /cannot be copied/ },
  { change: { key_frame_distance_s: 8 }, says: /every 8 s:/ },
  { change: { b_frames: true }, says: /B-frames/ },
  { change: { width_px: 3840, height_px: 2160, bit_rate_kbps: 9_000 }, says: /second stream/ },
  { change: { fps: 60, bit_rate_kbps: 8_000 }, says: /10 to 25 are enough/ },
  { change: { fps: 1, bit_rate_kbps: 150 }, says: /too few/ },
  { change: { unevenness: 9 }, says: /constant frame rate/ },
  { change: { bit_rate_kbps: 100 }, says: /is little/ },
  { change: { bit_rate_kbps: 9_000 }, says: /more than this size needs/ },
  { change: { drift_ppm: -900 }, says: /NTP/ },
])("$change is told in one sentence", ({ change, says }) => {
  const advice = adviceOn({ ...GOOD, ...change });
  expect(advice).toHaveLength(1);
  expect(advice[0]).toMatch(says);
});

test("a camera without a second key frame is told of it", () => {
  const { key_frame_distance_s: _none, ...rest } = GOOD;
  expect(adviceOn(rest)).toEqual([expect.stringMatching(/every 10 s or less often/)]);
});
