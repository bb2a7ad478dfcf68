import type { EpochMs } from "@yardline/domain/time";
import type { Packet } from "./fragments.ts";

/** Long enough for a steady figure, short enough to see a change. */
const MEASURED_EVERY_MS = 10_000;

/** What a camera sent in the last ten seconds or so; of one that is encoded anew, what is recorded of it. */
export type StreamMeasure = {
  readonly kind: "stream-measured";
  /** Set where we encode it anew: rate, bits and key frames are ours then, and the drift is the camera's. */
  readonly encoded?: true;
  readonly fps: number;
  readonly bit_rate_kbps: number;
  /** The longest between two key frames; undefined where there were none. */
  readonly key_frame_distance_ms?: number;
  /** How far the camera's clock has moved against ours since the connection began. */
  readonly drift_ms: number;
};

/** @returns a function that takes each packet with its capture time, and gives a measure now and then. */
export function createStreamMeter(): (packet: Packet, at_ms: EpochMs) => StreamMeasure | undefined {
  let begun: { readonly at_ms: EpochMs; readonly offset_ms: number } | undefined;
  let [packets, bytes, longest_ms] = [0, 0, 0];
  let key_ms: number | undefined;
  return ({ pts_ms, key, data }, at_ms) => {
    begun ??= { at_ms, offset_ms: at_ms - pts_ms };
    const passed_ms = at_ms - begun.at_ms;
    packets++;
    bytes += data.length;
    if (key) {
      longest_ms = Math.max(longest_ms, key_ms === undefined ? 0 : pts_ms - key_ms);
      key_ms = pts_ms;
    }
    if (passed_ms < MEASURED_EVERY_MS) return undefined;
    const measure: StreamMeasure = {
      kind: "stream-measured",
      fps: Number((((packets - 1) * 1000) / passed_ms).toFixed(2)),
      bit_rate_kbps: Math.round((bytes * 8) / passed_ms),
      ...(longest_ms > 0 && { key_frame_distance_ms: Math.round(longest_ms) }),
      drift_ms: Math.round(at_ms - pts_ms - begun.offset_ms),
    };
    begun = { at_ms, offset_ms: begun.offset_ms };
    [packets, bytes, longest_ms] = [1, 0, 0];
    return measure;
  };
}
