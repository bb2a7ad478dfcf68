import type { CameraFigures } from "./probe-figures.ts";

const KEY_FRAME_S_MAX = 2;
const FPS_MIN = 4;
const FPS_MAX = 30;
const PIXELS_USEFUL = 1920 * 1080;
const UNEVENNESS_MAX = 3;
/** Bits that one pixel of one picture takes: below, people 15 px tall smear; above, the disk fills for nothing. */
const BITS_A_PIXEL = { min: 0.02, max: 0.3 };
const DRIFT_PPM_MAX = 500;

/** What an installer should change in the camera, in plain words; nothing where all is well. */
export function adviceOn(figures: CameraFigures): readonly string[] {
  const { codec, width_px, height_px, fps, unevenness, bit_rate_kbps, b_frames, drift_ppm } = figures;
  const { key_frame_distance_s, listened_s } = figures;
  const bits = (bit_rate_kbps * 1000) / Math.max(1, width_px * height_px * fps);
  const key_s = key_frame_distance_s ?? listened_s;
  const says: readonly (readonly [boolean, string])[] = [
    [
      codec === "h265",
      "H.265: it is recorded as it is, but not every browser plays it; choose H.264, or keep this one for H.264 and record the main stream.",
    ],
    [
      !["h264", "h265"].includes(codec),
      `${codec} cannot be copied: each picture is decoded and encoded anew at 8 a second; choose H.264 over RTSP if the camera has it.`,
    ],
    [
      key_s > KEY_FRAME_S_MAX,
      `A key frame comes every ${key_s} s${key_frame_distance_s === undefined ? " or less often" : ""}: set the key frame interval (I-frame interval, GOP) to 1 or 2 s, so that an idle camera costs little and a clip begins where it should.`,
    ],
    [b_frames, "B-frames delay each picture: switch them off (profile Baseline or Main without B-frames)."],
    [
      width_px * height_px > PIXELS_USEFUL,
      `${width_px}×${height_px} is more than we look at: take the camera's second stream of at most 1920×1080, or lower its size.`,
    ],
    [fps > FPS_MAX, `${fps} pictures a second: 10 to 25 are enough.`],
    [
      fps < FPS_MIN,
      `${fps} pictures a second are too few to follow people: set at least ${FPS_MIN}, better 10.`,
    ],
    [
      unevenness > UNEVENNESS_MAX,
      `The rate varies (one picture took ${unevenness} times as long as usual): set a constant frame rate; if it is constant, the network loses packets.`,
    ],
    [bits < BITS_A_PIXEL.min, `${bit_rate_kbps} kb/s is little for this size: people far away smear.`],
    [
      bits > BITS_A_PIXEL.max,
      `${bit_rate_kbps} kb/s is more than this size needs: the disk fills for nothing.`,
    ],
    [
      Math.abs(drift_ppm ?? 0) > DRIFT_PPM_MAX,
      `The camera's clock is off by ${drift_ppm} millionths: set a time server (NTP) in the camera.`,
    ],
  ];
  return says.flatMap(([holds, sentence]) => (holds ? [sentence] : []));
}
