import type { Fix, TrackerProblem } from "../trackers/protocol.ts";

/** One place out of a packet of data, and how long after the packet's own time it was. */
export type TimedFix = { readonly fix: Fix; readonly after_ms: number };

export type PositionData = {
  readonly fixes: readonly TimedFix[];
  readonly problems: readonly TrackerProblem[];
};

/** Reads the packets of one data stream in their order. Never throws. */
export type PositionSession = { take(packet: Uint8Array): PositionData };

/** One way in which a video stream carries places beside its pictures. Pure: packets in, fixes out. */
export type PositionFormat = {
  readonly name: "gpmf" | "klv" | "nmea";
  /** One line for people. */
  readonly title: string;
  /** Whether a packet may be the first of a stream in this format. */
  recognise(packet: Uint8Array): boolean;
  openSession(): PositionSession;
};

/** One file of this folder each, its test beside it, one line in `formats.ts`. */
export function definePositionFormat(format: PositionFormat): PositionFormat {
  return format;
}
