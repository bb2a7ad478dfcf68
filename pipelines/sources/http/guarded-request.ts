import { randomBytes } from "node:crypto";
import { once } from "node:events";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { AppError } from "@yardline/domain/errors";
import { allowedAddress, type NamedBy, namedInFile } from "./address-policy.ts";
import { authorizationFor, type Credentials } from "./authorization.ts";

/** A device that says nothing for so long is silent. */
const SILENCE_MS_MAX = 5_000;
const REDIRECTS_MAX = 3;
const HEADER_BYTES_MAX = 16 * 1024;

export type GuardedRequest = {
  /** Without user and password, which come as `credentials`. */
  readonly url: URL;
  readonly credentials?: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST; without one it is a GET. */
  readonly body?: string;
  /** `town`: the URL stands in the town's own file; see `address-policy.ts`. */
  readonly namedBy: NamedBy;
  /** Redirects that are followed; 3 without it. On the same host alone, unless `elsewhere`. */
  readonly redirects_max?: number;
  /** Redirects to other hosts are followed, too: over https, to the internet alone. Only for what is asked without credentials. */
  readonly elsewhere?: true;
  /** Nothing for so long is silence; 5 s without it. */
  readonly silence_ms_max?: number;
  /** Whose certificates are taken over https; without it any: cameras sign their own. */
  readonly trust?: Trust;
  readonly signal?: AbortSignal;
};

/** Certificates of the usual authorities, or of one's own alone (PEM). */
export type Trust = { readonly ca?: string };

export type Answer = IncomingMessage & { readonly statusCode: number };

/**
 * Asks a device over HTTP: connects to an address that it may have (the one that was checked, whatever the name server says next),
 * answers its challenge (Digest before Basic), follows redirects on the same host alone, or as `elsewhere` says.
 * @returns the answer to any status that is not asked further; its body is still to be read.
 * @throws AppError `DEVICE_SILENT`, `DEVICE_UNREACHABLE`, `ADDRESS_UNKNOWN`, `ADDRESS_FORBIDDEN`; none repeats an address.
 */
export async function guardedRequest(request: GuardedRequest): Promise<Answer> {
  let { url, namedBy } = request;
  let authorization: string | undefined;
  for (let redirects = 0; ; ) {
    const answer = await send({ ...request, url, namedBy }, authorization);
    const further = nextStep(answer, { ...request, url }, authorization);
    if (further === undefined) return answer;
    answer.destroy();
    if (redirects === (request.redirects_max ?? REDIRECTS_MAX))
      throw unreachable("it redirects again and again");
    // A digest is good for one path alone.
    authorization = "authorization" in further ? further.authorization : undefined;
    if ("url" in further) {
      if (further.url.hostname !== url.hostname) namedBy = "stranger";
      url = further.url;
      redirects++;
    }
  }
}

/** What an answer asks us to do before it is one; undefined where it stands. */
function nextStep(
  { statusCode, headers, rawHeaders }: Answer,
  request: GuardedRequest,
  sent: string | undefined,
) {
  const { url, credentials, body } = request;
  if (statusCode === 401 && credentials && sent === undefined) {
    const challenges = rawHeaders.flatMap((name, at) =>
      at % 2 === 0 && name.toLowerCase() === "www-authenticate" ? [rawHeaders[at + 1] ?? ""] : [],
    );
    const authorization = authorizationFor(challenges, credentials, {
      method: body === undefined ? "GET" : "POST",
      path: url.pathname + url.search,
      cnonce: randomBytes(16).toString("hex"),
    });
    return authorization === undefined ? undefined : { authorization };
  }
  if (body !== undefined || statusCode < 301 || statusCode > 308 || headers.location === undefined)
    return undefined;
  const target = URL.parse(headers.location, url);
  const isThere = target?.hostname === url.hostname;
  const kept = isThere && url.protocol === "http:" ? /^https?:$/ : /^https:$/;
  if (!target || !(isThere || request.elsewhere) || !kept.test(target.protocol)) {
    throw new AppError("ADDRESS_FORBIDDEN", "It redirects to another host, which is not followed");
  }
  return { url: target };
}

async function send(request: GuardedRequest, authorization: string | undefined): Promise<Answer> {
  const { url, headers, body, trust, signal } = request;
  const named = request.namedBy === "town" ? namedInFile(url.hostname) : request.namedBy;
  const host = await allowedAddress(url.hostname, named);
  const library = url.protocol === "https:" ? https : http;
  const sent = library.request({
    host,
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    path: url.pathname + url.search,
    method: body === undefined ? "GET" : "POST",
    headers: {
      host: url.host,
      connection: "close",
      ...headers,
      ...(authorization !== undefined && { authorization }),
      ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
    },
    agent: false,
    maxHeaderSize: HEADER_BYTES_MAX,
    rejectUnauthorized: trust !== undefined,
    ...(trust?.ca !== undefined && { ca: trust.ca }),
    ...(/[a-z]$/i.test(url.hostname) && { servername: url.hostname }),
    ...(signal && { signal }),
  });
  sent.end(body);
  return answerTo(sent, request.silence_ms_max ?? SILENCE_MS_MAX);
}

async function answerTo(sent: ClientRequest, silence_ms_max: number): Promise<Answer> {
  // Also while the body is read: its reader sees the error.
  sent.setTimeout(silence_ms_max, () => sent.destroy(silent()));
  try {
    const [answer] = await once(sent, "response");
    sent.on("error", () => undefined);
    return answer as Answer;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreachable(causeOf(cause));
  }
}

/** The whole body. @throws AppError `DEVICE_TOO_MUCH` beyond `bytes_max`, `DEVICE_UNREACHABLE` when it breaks off. */
export async function readBody(answer: IncomingMessage, bytes_max: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > bytes_max) throw tooMuch(bytes_max);
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreachable(causeOf(cause));
  }
  return Buffer.concat(pieces);
}

/** The system's word for it (`ECONNREFUSED`), which names no host. */
function causeOf(cause: unknown): string {
  const code: unknown = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : "the connection broke off";
}

function silent(): AppError {
  return new AppError("DEVICE_SILENT", "The device does not answer", { retryable: true });
}

function unreachable(why: string): AppError {
  return new AppError("DEVICE_UNREACHABLE", `The device cannot be reached: ${why}`, { retryable: true });
}

function tooMuch(bytes_max: number): AppError {
  return new AppError("DEVICE_TOO_MUCH", `The device answers with more than ${bytes_max} bytes`);
}
