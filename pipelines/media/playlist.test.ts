import { expect, test } from "vitest";
import { playlistOf } from "./playlist.ts";

test("a head for each connection, a discontinuity wherever the time breaks", () => {
  const segments = [
    ["a", 0, 4_000],
    ["a", 4_000, 8_040],
    ["a", 20_000, 24_000],
    ["b", 24_000, 26_500],
  ] as const;
  const listed = segments.map(([connection, from_ms, to_ms]) => ({
    ...{ id: `${from_ms}`, camera: "yard", connection, from_ms, to_ms, bytes: 1 },
  }));
  expect(playlistOf(listed, { head: ({ id }) => `head/${id}`, pictures: ({ id }) => id })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:5
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="head/0"
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:00.000Z
#EXTINF:4.000,
0
#EXTINF:4.040,
4000
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:20.000Z
#EXTINF:4.000,
20000
#EXT-X-DISCONTINUITY
#EXT-X-MAP:URI="head/24000"
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:24.000Z
#EXTINF:2.500,
24000
#EXT-X-ENDLIST
`);
});
