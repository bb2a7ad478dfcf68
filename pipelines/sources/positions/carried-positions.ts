import type { EpochMs } from "@yardline/domain/time";
import type { Fix, TrackerProblem } from "../trackers/protocol.ts";
import { POSITION_FORMATS } from "./formats.ts";
import type { PositionFormat, PositionSession, TimedFix } from "./position-format.ts";

/** A packet of one of the data streams beside a video. */
export type DataPacket = {
  readonly stream: number;
  /** On the timeline of the pictures; absent where the packet has no time of its own. */
  readonly pts_ms?: number;
  readonly data: Uint8Array;
};

/** A place, and when it was true on the clock by which the pictures are taken. */
export type CapturedFix = { readonly fix: Fix; readonly captured_ms: EpochMs };

export type CarriedPositions = {
  /** Of the stream that the packet belongs to; absent where it is none of ours. */
  readonly format?: PositionFormat["name"];
  readonly fixes: readonly TimedFix[];
  readonly problems: readonly TrackerProblem[];
};

type Session = PositionSession & { readonly format: PositionFormat["name"] };

/** Reads the data streams of one connection: each in the format that its packets are recognised by; what is none of them is passed over. */
export function createCarriedReader(): (packet: DataPacket) => CarriedPositions {
  const sessions = new Map<number, Session>();
  return ({ stream, data }) => {
    const session = sessions.get(stream) ?? recognised(data);
    if (!session) return { fixes: [], problems: [] };
    sessions.set(stream, session);
    return { format: session.format, ...session.take(data) };
  };
}

function recognised(packet: Uint8Array): Session | undefined {
  const format = POSITION_FORMATS.find((each) => each.recognise(packet));
  return format && { format: format.name, ...format.openSession() };
}
