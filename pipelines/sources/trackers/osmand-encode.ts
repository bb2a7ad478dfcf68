import { exactly, type SentFix, type TrackerSpeaker } from "./speaker.ts";

const KNOT_IN_MPS = 1852 / 3600;

/** What OsmAnd and Traccar Client send over HTTP: a request a place. */
export const osmandSpeaker: TrackerSpeaker = {
  protocol: "osmand",
  fixes_max: 1,
  open: (device_id) => ({
    tell: ([fix]) => ({
      sends: Buffer.from(
        fix ? `GET /?${queryOf(device_id, fix)} HTTP/1.1\r\nHost: trackers.example\r\n\r\n` : "",
      ),
      isHeard: exactly("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    }),
  }),
};

function queryOf(id: string, { at_ms, latitude, longitude, speed_mps = 0, course_deg = 0 }: SentFix): string {
  return `${new URLSearchParams({
    id,
    lat: latitude.toFixed(7),
    lon: longitude.toFixed(7),
    speed: (speed_mps / KNOT_IN_MPS).toFixed(3),
    bearing: course_deg.toFixed(1),
    timestamp: `${Math.floor(at_ms / 1000)}`,
  })}`;
}
