import { isoOf } from "@yardline/domain/time";
import type { Segment } from "./media-store.ts";

/** Where a playlist's parts are, as a player asks for them. */
export type PlaylistAddresses = {
  head(segment: Segment): string;
  pictures(segment: Segment): string;
};

/** A hole within a connection that a player must be told of. */
const HOLE_MS = 500;

/**
 * An HLS playlist of fMP4 segments as they are stored (RFC 8216): a head for each connection, a discontinuity wherever the
 * timeline breaks, and the time of day of each stretch, so that a player can seek by it.
 * @param segments by time.
 */
export function playlistOf(segments: readonly Segment[], addresses: PlaylistAddresses): string {
  const seconds = (segment: Segment) => (segment.to_ms - segment.from_ms) / 1000;
  const longest_s = Math.max(1, ...segments.map((each) => Math.ceil(seconds(each))));
  const lines = [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${longest_s}`,
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-INDEPENDENT-SEGMENTS",
  ];
  let last: Segment | undefined;
  for (const segment of segments) {
    const other = last?.connection !== segment.connection;
    const broken = other || segment.from_ms - (last?.to_ms ?? 0) > HOLE_MS;
    if (last && broken) lines.push("#EXT-X-DISCONTINUITY");
    if (other) lines.push(`#EXT-X-MAP:URI="${addresses.head(segment)}"`);
    if (broken) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${isoOf(segment.from_ms)}`);
    lines.push(`#EXTINF:${seconds(segment).toFixed(3)},`, addresses.pictures(segment));
    last = segment;
  }
  return `${lines.join("\n")}\n#EXT-X-ENDLIST\n`;
}
