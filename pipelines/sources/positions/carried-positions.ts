import type { Fix, TrackerProblem } from "../trackers/protocol.ts";
import { POSITION_FORMATS } from "./formats.ts";
import type { PositionFormat, PositionSession } from "./position-format.ts";

/** A packet of one of the data streams beside a video. */
export type DataPacket = {
  readonly stream: number;
  /** On the timeline of the pictures. */
  readonly pts_ms: number;
  readonly data: Uint8Array;
};

/** A place, and when it belongs on the timeline of the pictures. */
export type CarriedFix = { readonly fix: Fix; readonly pts_ms: number };

export type CarriedPositions = {
  readonly format?: PositionFormat["name"];
  readonly fixes: readonly CarriedFix[];
  readonly problems: readonly TrackerProblem[];
};

type Session = PositionSession & { readonly format: PositionFormat["name"] };

/** Reads the data streams of one connection: each in the format that its packets are recognised by; what is none of them is passed over. */
export function createCarriedReader(): (packet: DataPacket) => CarriedPositions {
  const sessions = new Map<number, Session>();
  return ({ stream, pts_ms, data }) => {
    const session = sessions.get(stream) ?? recognised(data);
    if (!session) return { fixes: [], problems: [] };
    sessions.set(stream, session);
    const { fixes, problems } = session.take(data);
    return {
      format: session.format,
      fixes: fixes.map(({ fix, after_ms }) => ({ fix, pts_ms: pts_ms + after_ms })),
      problems,
    };
  };
}

function recognised(packet: Uint8Array): Session | undefined {
  const format = POSITION_FORMATS.find((each) => each.recognise(packet));
  return format && { format: format.name, ...format.openSession() };
}
