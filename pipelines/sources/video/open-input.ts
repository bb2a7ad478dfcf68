import { isIP } from "node:net";
import type { Writable } from "node:stream";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { allowedAddress, namedInFile } from "../http/address-policy.ts";
import { openGate } from "../http/gate.ts";
import { type Answer, type GuardedRequest, guardedRequest } from "../http/guarded-request.ts";
import type { ConnectionEnd, EndConnection } from "./attend.ts";
import type { CameraAddress } from "./camera-address.ts";
import { type CameraInput, fileInput, networkInput, STILLS_INPUT, streamInput } from "./camera-arguments.ts";
import type { CameraFeed } from "./feed.ts";
import type { LostReason } from "./lost-reason.ts";
import { pollSnapshots, streamJpegs } from "./stills.ts";

/** A camera's address, opened. */
export type OpenedInput = AsyncDisposable & {
  readonly command: CameraInput;
  /** JPEG pictures, one by one: there is nothing that could be copied. */
  readonly stills: boolean;
  /** Writes what the child reads, until it is gone; ends the connection where nothing more comes. */
  supply(stdin: Writable, end: EndConnection): void;
};

type Source = Pick<CameraFeed, "address" | "loop" | "by_stream" | "carries_positions" | "analysis">;
type World = { readonly clock: Clock; readonly signal: AbortSignal };

/** Playlists, and things at rest on a web server, which need more than one request: ffmpeg reads them itself, through a gate. */
const MANY_REQUESTS = /\.(m3u8|mp4|m4v|mov|mkv|webm|avi|mpg)$/i;
const REFUSED = /^(40[0134]|5\d\d)$/;

/**
 * Opens a camera's address. Files and RTSP are left to ffmpeg; over HTTP we ask ourselves (so that no redirect leads astray) and go by
 * what answers: a stream, MJPEG, a single picture that is asked for again and again, or a playlist.
 * @throws AppError of a camera that cannot be opened, which `endOf` turns into the end of its connection.
 */
export async function openInput(
  { address, analysis, loop = false, by_stream = false, carries_positions = false }: Source,
  world: World,
): Promise<OpenedInput> {
  if (address.scheme === "file") return scripted(fileInput(address, { loop }));
  if (address.scheme.startsWith("rtsp")) {
    const { scheme, url } = await pinned(address);
    return scripted(networkInput({ scheme: by_stream ? "rtsp" : scheme, url }, { data: carries_positions }));
  }
  const { url } = address.parts();
  return MANY_REQUESTS.test(url.pathname) ? gated(address) : answered(address, analysis, world);
}

/** An RTSP server is asked at the address that was checked: a name server's next answer may be another one. */
async function pinned(address: CameraAddress) {
  const url = new URL(address.reveal());
  const { hostname } = url;
  const host = await allowedAddress(hostname, namedInFile(hostname));
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) > 0) return { scheme: address.scheme, url: address.reveal() };
  url.hostname = isIP(host) === 6 ? `[${host}]` : host;
  return { scheme: address.scheme, url: url.href };
}

function scripted(command: CameraInput): OpenedInput {
  return {
    command,
    stills: false,
    supply: (stdin) => void stdin.end(command.script),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function gated(address: CameraAddress): Promise<OpenedInput> {
  const gate = await openGate(address.parts().url);
  const command = networkInput({ scheme: address.scheme, url: address.reveal() }, { proxy: gate.proxy });
  return { ...scripted(command), [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
}

async function answered(
  address: CameraAddress,
  analysis: Source["analysis"],
  { clock, signal }: World,
): Promise<OpenedInput> {
  const stop = new AbortController();
  const request: GuardedRequest = {
    ...address.parts(),
    namedBy: "town",
    signal: AbortSignal.any([signal, stop.signal]),
  };
  const answer = await guardedRequest(request);
  const close = async () => stop.abort();
  const type = answer.headers["content-type"] ?? "";
  if (answer.statusCode !== 200 || /^(text|application\/(json|xhtml))/i.test(type)) {
    await close();
    throw unusable(answer, type);
  }
  if (/mpegurl/i.test(type)) {
    await close();
    return gated(address);
  }
  if (/^image\/jpe?g/i.test(type)) {
    const supply: OpenedInput["supply"] = (stdin, end) =>
      pollSnapshots(answer, request, { stdin, end, clock });
    return { command: STILLS_INPUT, stills: true, supply, [Symbol.asyncDispose]: close };
  }
  if (/^multipart\//i.test(type)) {
    const supply: OpenedInput["supply"] = (stdin, end) => streamJpegs(answer, { stdin, end, clock });
    return { command: STILLS_INPUT, stills: true, supply, [Symbol.asyncDispose]: close };
  }
  return {
    command: streamInput(analysis),
    stills: false,
    supply(stdin) {
      // What broke off has ended, as far as ffmpeg is concerned: it shows the pictures that it has.
      answer.on("error", () => stdin.end());
      answer.pipe(stdin);
    },
    [Symbol.asyncDispose]: close,
  };
}

function unusable({ statusCode }: Answer, type: string): AppError {
  const refused = REFUSED.test(String(statusCode));
  const what = statusCode === 200 ? `${type.split(";")[0]}, which is no video` : `status ${statusCode}`;
  return new AppError(refused ? "CAMERA_REFUSED" : "NOT_VIDEO", `The camera answers with ${what}`);
}

const REASONS: Readonly<Record<string, LostReason>> = {
  ADDRESS_FORBIDDEN: "refused",
  ADDRESS_UNKNOWN: "silent",
  CAMERA_REFUSED: "refused",
  DEVICE_SILENT: "silent",
  DEVICE_UNREACHABLE: "silent",
  NOT_VIDEO: "not-video",
};

/** How a connection ended that was none. @throws what is a bug of ours. */
export function endOf(thrown: unknown, signal: AbortSignal): ConnectionEnd {
  const none = { code: null, signal: null } as const;
  if (signal.aborted) return { why: "ended", next: "after-a-wait", exit: { ...none, said: [] } };
  if (!(thrown instanceof AppError)) throw thrown;
  const closed = thrown.message.includes("ECONNREFUSED");
  const why = closed ? "refused" : (REASONS[thrown.code] ?? "ended");
  return { why, next: "after-a-wait", exit: { ...none, said: [thrown.message] } };
}
