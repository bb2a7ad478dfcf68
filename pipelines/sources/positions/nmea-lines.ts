import { nmea } from "../trackers/nmea.ts";
import type { TrackerProblem } from "../trackers/protocol.ts";
import { definePositionFormat, type TimedFix } from "./position-format.ts";

/**
 * Sentences of a receiver (NMEA 0183), as lines of text in a data stream or over TCP. Who speaks is known by the camera, so names in
 * them count for nothing.
 */
export const nmeaLines = definePositionFormat({
  name: "nmea",
  title: "NMEA 0183",
  recognise: (packet) => /(?:^|[\r\n])\$G[A-Z]{4},/.test(Buffer.from(packet).toString("latin1")),
  openSession() {
    let session = nmea.openSession();
    return {
      take(packet) {
        const { messages, closed } = session.take(packet);
        const problems: TrackerProblem[] = messages.flatMap(({ problem }) => problem ?? []);
        if (closed !== undefined) {
          // Noise without a line's end; the next packet may be sentences again.
          session = nmea.openSession();
          problems.push({ code: "structure", text: closed });
        }
        const fixes: TimedFix[] = messages.flatMap((message) =>
          message.fixes.map((fix) => ({ fix, after_ms: 0 })),
        );
        return { fixes, problems };
      },
    };
  },
});
