import type { ConnectionEnd } from "./attend.ts";
import type { CameraAddress } from "./camera-address.ts";
import type { Analysis } from "./camera-arguments.ts";
import type { CameraFeed, VideoNote } from "./feed.ts";

/**
 * The way in which pictures are asked for. Datagrams get lost: in a firewall, behind a router, at a port that is not ours. A connection of
 * an `rtsp+udp` camera that gave nothing is followed by one through the RTSP connection itself, and one of those by datagrams again. A
 * stream over HTTP that gave no picture in time is looked at for a shorter time next, since its header may lie about its pace, and one
 * that did not say what it is for a longer one, since its key frames may be far apart. What gave pictures last is tried first.
 */
export function createTransport({ scheme }: Pick<CameraAddress, "scheme">, note: (note: VideoNote) => void) {
  let [by_stream, came] = [false, false];
  let analysis: Analysis = "usual";
  return {
    /** @returns how the next connection is to be asked for its pictures. */
    begin(): Required<Pick<CameraFeed, "by_stream" | "analysis">> {
      came = false;
      return { by_stream, analysis };
    },
    arrived(): void {
      came = true;
    },
    /** What the end of that connection means: ffmpeg calls a stream of which nothing came none. */
    ended(end: ConnectionEnd): ConnectionEnd {
      if (!came && end.why === "silent") analysis = "short";
      if (!came && end.why === "not-video") analysis = "long";
      if (scheme !== "rtsp+udp" || came || end.why === "refused") return end;
      by_stream = !by_stream;
      note({ kind: "transport-changed", to: by_stream ? "stream" : "datagrams" });
      return by_stream ? { ...end, why: "silent" } : end;
    },
  };
}
