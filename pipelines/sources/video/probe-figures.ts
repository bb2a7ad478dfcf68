import { boxesIn, contentOf, findBox } from "./boxes.ts";
import type { Init, Packet } from "./fragments.ts";

/** One packet as it came: when it is to be shown, when it was here, how large it is. */
export type ProbedPacket = Pick<Packet, "pts_ms" | "key"> & {
  readonly arrived_ms: number;
  readonly bytes: number;
};

/** What a camera sends, measured while it was listened to. */
export type CameraFigures = {
  /** As in `h264 High@4.0`. */
  readonly codec: string;
  readonly profile?: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly listened_s: number;
  readonly fps: number;
  /** The longest time between two pictures against the usual one: 1 for a steady camera. */
  readonly unevenness: number;
  readonly bit_rate_kbps: number;
  /** The longest seen; undefined where fewer than two key frames came. */
  readonly key_frame_distance_s?: number;
  readonly b_frames: boolean;
  /** How much faster than ours the camera's clock runs; only after a minute, before which delays hide it. */
  readonly drift_ppm?: number;
};

const DRIFT_S_MIN = 60;

/** @param packets in the order of their coming, at least two. */
export function figuresOf(init: Init, packets: readonly ProbedPacket[]): CameraFigures {
  const shown_ms = packets.map(({ pts_ms }) => pts_ms).toSorted((a, b) => a - b);
  const length_ms = Math.max(1, (shown_ms.at(-1) ?? 0) - (shown_ms[0] ?? 0));
  const gaps_ms = shown_ms.slice(1).map((pts_ms, at) => pts_ms - (shown_ms[at] ?? 0));
  const usual_ms = gaps_ms.toSorted((a, b) => a - b)[Math.floor(gaps_ms.length / 2)] ?? 0;
  const bytes = packets.slice(0, -1).reduce((sum, packet) => sum + packet.bytes, 0);
  const keys_ms = packets.filter(({ key }) => key).map(({ pts_ms }) => pts_ms);
  const distances_ms = keys_ms.slice(1).map((pts_ms, at) => pts_ms - (keys_ms[at] ?? 0));
  const drift_ppm = length_ms / 1000 >= DRIFT_S_MIN ? driftOf(packets) : undefined;
  const profile = profileOf(init);
  return {
    codec: CODECS[init.codec] ?? init.codec,
    ...(profile !== undefined && { profile }),
    width_px: init.width_px,
    height_px: init.height_px,
    listened_s: rounded(length_ms / 1000, 1),
    fps: rounded(((packets.length - 1) * 1000) / length_ms, 2),
    unevenness: usual_ms > 0 ? rounded(Math.max(...gaps_ms) / usual_ms, 1) : 1,
    bit_rate_kbps: Math.round((bytes * 8) / length_ms),
    ...(distances_ms.length > 0 && { key_frame_distance_s: rounded(Math.max(...distances_ms) / 1000, 2) }),
    b_frames: packets.some(({ pts_ms }, at) => pts_ms < (packets[at - 1]?.pts_ms ?? pts_ms)),
    ...(drift_ppm !== undefined && { drift_ppm }),
  };
}

/** How the least delay of the last third differs from that of the first: a network only ever adds to it. */
function driftOf(packets: readonly ProbedPacket[]): number {
  const third = Math.floor(packets.length / 3);
  const least = (some: readonly ProbedPacket[]) =>
    some.reduce(
      (best, { arrived_ms, pts_ms }) =>
        arrived_ms - pts_ms < best.delay_ms ? { delay_ms: arrived_ms - pts_ms, arrived_ms } : best,
      { delay_ms: Number.POSITIVE_INFINITY, arrived_ms: 0 },
    );
  const [first, last] = [least(packets.slice(0, third)), least(packets.slice(-third))];
  const passed_ms = last.arrived_ms - first.arrived_ms;
  return passed_ms > 0 ? Math.round(((first.delay_ms - last.delay_ms) / passed_ms) * 1e6) : 0;
}

const CODECS: Readonly<Record<string, string>> = { avc1: "h264", avc3: "h264", hvc1: "h265", hev1: "h265" };
/** `profile_idc` (ITU-T H.264, annex A) and `general_profile_idc` (H.265, annex A). */
const H264: Readonly<Record<number, string>> = { 66: "Baseline", 77: "Main", 88: "Extended", 100: "High" };
const H265: Readonly<Record<number, string>> = { 1: "Main", 2: "Main 10" };
/** Fields of a video sample entry before the boxes in it (ISO/IEC 14496-12, 12.1.3). */
const ENTRY_BYTES = 78;

/** Profile and level out of the decoder's configuration (ISO/IEC 14496-15, 5.3.3 and 8.3.3). */
function profileOf({ data }: Init): string | undefined {
  const stsd = findBox(data, ["moov", "trak", "mdia", "minf", "stbl", "stsd"]);
  const entry = stsd && boxesIn(contentOf(stsd).subarray(8))[0];
  if (!entry) return undefined;
  const inner = contentOf(entry).subarray(ENTRY_BYTES);
  const [avc, hevc] = ["avcC", "hvcC"].map((type) => findBox(inner, [type]));
  if (avc) {
    const [, profile = 0, , level = 0] = contentOf(avc);
    return `${H264[profile] ?? `profile ${profile}`}@${(level / 10).toFixed(1)}`;
  }
  if (!hevc) return undefined;
  const config = contentOf(hevc);
  const profile = (config[1] ?? 0) & 0x1f;
  return `${H265[profile] ?? `profile ${profile}`}@${((config[12] ?? 0) / 30).toFixed(1)}`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
