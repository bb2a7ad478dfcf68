import type { ConnectionEnd } from "./attend.ts";
import type { CameraAddress } from "./camera-address.ts";
import type { VideoNote } from "./feed.ts";

/**
 * The way in which pictures are asked for. Datagrams get lost: in a firewall, behind a router, at a port that is not ours. A connection of
 * an `rtsp+udp` camera that gave nothing is followed by one through the RTSP connection itself, and one of those by datagrams again; what
 * gave pictures last is tried first.
 */
export function createTransport({ scheme }: Pick<CameraAddress, "scheme">, note: (note: VideoNote) => void) {
  let [by_stream, came] = [false, false];
  return {
    /** @returns whether the next connection is to be asked for its pictures within itself. */
    begin(): boolean {
      came = false;
      return by_stream;
    },
    arrived(): void {
      came = true;
    },
    /** What the end of that connection means: ffmpeg calls a stream of which nothing came none. */
    ended(end: ConnectionEnd): ConnectionEnd {
      if (scheme !== "rtsp+udp" || came || end.why === "refused") return end;
      by_stream = !by_stream;
      note({ kind: "transport-changed", to: by_stream ? "stream" : "datagrams" });
      return by_stream ? { ...end, why: "silent" } : end;
    },
  };
}
