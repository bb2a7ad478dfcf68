import type { CameraAddress } from "./camera-address.ts";
import { type FfmpegCommandLine, STDIN, STDOUT } from "./ffmpeg.ts";
import { PIXELS_MAX } from "./jpeg-size.ts";

/** After this long without an answer ffmpeg itself gives a socket up; without it a stalled one is deaf to SIGTERM as well. */
const SOCKET_TIMEOUT_US = 5_000_000;
/** Of datagrams that never come ffmpeg waits for the first one twice, and for the second time as long again. */
const DATAGRAM_TIMEOUT_US = 3_000_000;

/** What ffmpeg may open on our behalf, by the scheme that was asked for. `file` is never among them. */
const PROTOCOLS = {
  rtsp: "pipe,rtsp,rtp,udp,tcp",
  "rtsp+udp": "pipe,rtsp,rtp,udp,tcp",
  rtsps: "pipe,rtsp,rtp,tcp,tls",
  http: "pipe,http,https,tcp,tls,crypto,httpproxy",
  https: "pipe,http,https,tcp,tls,crypto,httpproxy",
} as const;

/** What a stream that comes through a pipe may be; scripts that name other files are not among it. */
const FORMATS = "mpegts,mpeg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,flv,avi,asf,h264,hevc,m4v";

/**
 * Data of a kind that a transport stream does not name are guessed at, and all packets held back meanwhile: for 2,500 packets of it, which
 * at one a second is longer than anybody waits.
 */
const GUESSED_PACKETS_MAX = "4";

/** More pixels than any camera has are not decoded: a header can claim 65,535 × 65,535. */
export const DECODED_MAX: readonly string[] = ["-max_pixels", String(PIXELS_MAX)];

export type CameraInput = Pick<FfmpegCommandLine, "input" | "source"> & {
  /** What to write to the child's standard input first: the address, which is never an argument. */
  readonly script: string;
};

/** A file is named on the command line (it is no secret) and played in real time, again and again with `loop`. */
export function fileInput(address: CameraAddress, { loop = false } = {}): CameraInput {
  const again = loop ? ["-stream_loop", "-1"] : [];
  return {
    input: ["-v", "warning", "-re", ...again, "-protocol_whitelist", "file"],
    source: `file:${address.reveal()}`,
    script: "",
  };
}

/**
 * How ffmpeg is told to open a URL by itself: as an ffconcat script on standard input, so that neither the process list nor the
 * environment has it. Sound is never opened.
 * @param host the address to connect to, where the URL has a name.
 * @param data whether data streams are asked for beside the pictures; sound never is.
 * @param proxy the gate through which playlists, and things at rest on a web server, are read, no faster than they play.
 */
export function networkInput(
  { scheme, ...address }: Pick<CameraAddress, "scheme"> & { readonly url: string },
  { proxy, data = false }: { readonly proxy?: string; readonly data?: boolean } = {},
): CameraInput {
  const protocols = scheme === "file" ? "pipe" : PROTOCOLS[scheme];
  const [transport, timeout_us] =
    scheme === "rtsp+udp" ? ["udp", DATAGRAM_TIMEOUT_US] : ["tcp", SOCKET_TIMEOUT_US];
  const options = scheme.startsWith("rtsp")
    ? [
        `rtsp_transport ${transport}`,
        `timeout ${timeout_us}`,
        `allowed_media_types video${data ? "+data" : ""}`,
      ]
    : [`rw_timeout ${SOCKET_TIMEOUT_US}`, ...(proxy === undefined ? [] : [`http_proxy ${proxy}`])];
  return {
    input: [
      ...["-v", "warning", ...(proxy === undefined ? [] : ["-re"]), "-fflags", "+genpts"],
      ...["-protocol_whitelist", protocols, "-f", "concat", "-safe", "0"],
    ],
    source: STDIN,
    script: [
      "ffconcat version 1.0",
      `file '${address.url}'`,
      ...options.map((option) => `option ${option}`),
      "",
    ].join("\n"),
  };
}

/**
 * How much of a stream ffmpeg looks at before it hands on anything. It counts by what headers claim: one that claims 120 pictures a
 * second and gives ten is looked at for a minute. `short` is for such, `long` for those that say seldom what they are.
 */
export type Analysis = "usual" | "short" | "long";

const ANALYSIS: Readonly<Record<Analysis, readonly string[]>> = {
  usual: [],
  short: ["-analyzeduration", "500000", "-probesize", "500000"],
  long: ["-analyzeduration", "60000000", "-probesize", "50000000"],
};

/** A stream that we read from the network ourselves and hand to ffmpeg as it comes. */
export const streamInput = (analysis: Analysis = "usual"): CameraInput => ({
  input: [
    ...ANALYSIS[analysis],
    // Whoever only copies decodes a picture too, to learn what comes: one of 16,000 × 16,000 took 1.3 GB and a quarter of a minute.
    ...["-v", "warning", "-fflags", "+genpts", ...DECODED_MAX, "-max_probe_packets", GUESSED_PACKETS_MAX],
    ...["-protocol_whitelist", "pipe", "-format_whitelist", FORMATS],
  ],
  source: STDIN,
  script: "",
});

/** JPEG pictures with their times, in Matroska; the first one tells enough. */
export const STILLS_INPUT: CameraInput = {
  input: [
    ...["-v", "warning", "-fflags", "+genpts", "-probesize", "32", "-analyzeduration", "0"],
    ...["-protocol_whitelist", "pipe", "-f", "matroska"],
  ],
  source: STDIN,
  script: "",
};

/** One fragment a picture: the form in which Node cuts, keeps and hands on what a camera sent. */
export const FRAGMENT_OUTPUT: readonly string[] = [
  ...["-an", "-sn", "-dn", "-map_metadata", "-1", "-f", "mp4", "-flush_packets", "1"],
  ...["-movflags", "+frag_every_frame+empty_moov+default_base_moof"],
];

/** The puller: copies the stream, decodes nothing. @param further outputs of what else the stream carries. */
export function pullerArguments(
  { input, source }: CameraInput,
  further: FfmpegCommandLine["outputs"] = [],
): FfmpegCommandLine {
  const pictures = { options: ["-map", "0:v:0", "-c:v", "copy", ...FRAGMENT_OUTPUT], target: STDOUT };
  return { input, source, outputs: [pictures, ...further] };
}
