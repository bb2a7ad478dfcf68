import type { CameraAddress } from "./camera-address.ts";
import { type FfmpegCommandLine, STDIN, STDOUT } from "./ffmpeg.ts";

/** After this long without an answer ffmpeg itself gives a socket up; without it a stalled one is deaf to SIGTERM as well. */
const SOCKET_TIMEOUT_US = 5_000_000;

/** What ffmpeg may open on our behalf, by the scheme that was asked for. `file` is never among them. */
const PROTOCOLS = {
  rtsp: "pipe,rtsp,rtp,udp,tcp",
  rtsps: "pipe,rtsp,rtp,tcp,tls",
  http: "pipe,http,https,tcp,tls,crypto",
  https: "pipe,http,https,tcp,tls,crypto",
} as const;

/** Things at rest on a web server, and playlists, which come in bursts: to be read no faster than they play. */
const AT_REST = /\.(m3u8|mp4|m4v|mov|mkv|webm|avi|mpg)$/i;

export type CameraInput = Pick<FfmpegCommandLine, "input" | "source"> & {
  /** What to write to the child's standard input: the address, which is never an argument. */
  readonly script: string;
};

/**
 * How ffmpeg is told to open a camera. A file is named on the command line (it is no secret) and played in real time, again
 * and again with `loop`; anything else comes as an ffconcat script on standard input, so that neither the process list nor
 * the environment has it. Sound is never opened.
 */
export function cameraInput(address: CameraAddress, { loop = false } = {}): CameraInput {
  if (address.scheme === "file") {
    return {
      input: ["-v", "warning", "-re", ...(loop ? ["-stream_loop", "-1"] : []), "-protocol_whitelist", "file"],
      source: `file:${address.reveal()}`,
      script: "",
    };
  }
  const url = address.reveal();
  const pace = address.scheme.startsWith("http") && AT_REST.test(new URL(url).pathname) ? ["-re"] : [];
  const rtsp = address.scheme.startsWith("rtsp");
  const options = rtsp
    ? ["rtsp_transport tcp", `timeout ${SOCKET_TIMEOUT_US}`, "allowed_media_types video"]
    : [`rw_timeout ${SOCKET_TIMEOUT_US}`];
  return {
    input: [
      ...["-v", "warning", ...pace, "-fflags", "+genpts"],
      ...["-protocol_whitelist", PROTOCOLS[address.scheme], "-f", "concat", "-safe", "0"],
    ],
    source: STDIN,
    script: [
      "ffconcat version 1.0",
      `file '${url}'`,
      ...options.map((option) => `option ${option}`),
      "",
    ].join("\n"),
  };
}

/** One fragment a picture: the form in which Node cuts, keeps and hands on what a camera sent. */
export const FRAGMENT_OUTPUT: readonly string[] = [
  ...["-an", "-sn", "-dn", "-map_metadata", "-1", "-f", "mp4", "-flush_packets", "1"],
  ...["-movflags", "+frag_every_frame+empty_moov+default_base_moof"],
];

/** The puller: copies the stream, decodes nothing. */
export function pullerArguments({ input, source }: CameraInput): FfmpegCommandLine {
  return {
    input,
    source,
    outputs: [{ options: ["-map", "0:v:0", "-c:v", "copy", ...FRAGMENT_OUTPUT], target: STDOUT }],
  };
}
