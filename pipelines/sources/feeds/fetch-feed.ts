import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError } from "@yardline/domain/errors";
import { type Answer, guardedRequest, readBody, type Trust } from "../http/guarded-request.ts";
import { broken } from "./feed.ts";

const FETCH_MS_MAX = 20_000;
/** The longest that a server may ask us to wait. */
const WAIT_MS_MAX = 15 * 60_000;
const VALIDATOR_CHARS_MAX = 500;

export type FeedRequest = {
  readonly url: URL;
  /** Keys that the server wants; never repeated in an error. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly trust: Trust;
  readonly accept?: string | undefined;
  /** Of the answer, packed and unpacked. */
  readonly bytes_max: number;
  /** What the answer before was known by. */
  readonly known_by?: Validators | undefined;
  /** From the question to the last byte, however busily it trickles. */
  readonly fetch_ms_max?: number;
  readonly signal: AbortSignal;
};

/** What a server knows its answer by (RFC 9110, 8.8). */
export type Validators = { readonly etag?: string; readonly last_modified?: string };

export type Fetched =
  | "unchanged"
  | { readonly bytes: Uint8Array; readonly known_by: Validators }
  /** What is wrong, and how long the server asks us to wait; 0 where it does not say. */
  | { readonly refused: AppError; readonly wait_ms: number };

const unpacked = promisify(gunzip);

/**
 * Asks a feed once, and tells what was known before, so that an unchanged answer costs nothing.
 * @throws AppError `FEED_TOO_MUCH`, `FEED_SLOW`, `FEED_BROKEN`, and those of `guardedRequest`; none repeats the address or a key.
 */
export async function fetchFeed(request: FeedRequest): Promise<Fetched> {
  const { fetch_ms_max = FETCH_MS_MAX } = request;
  const late = AbortSignal.timeout(fetch_ms_max);
  try {
    const answer = await ask(request, AbortSignal.any([request.signal, late]));
    return await take(answer, request.bytes_max);
  } catch (cause) {
    if (late.aborted) {
      throw new AppError("FEED_SLOW", `The feed's answer takes longer than ${fetch_ms_max / 1000} s`, {
        retryable: true,
      });
    }
    if (cause instanceof AppError && cause.code === "DEVICE_TOO_MUCH") throw tooMuch(request.bytes_max);
    throw cause;
  }
}

async function ask(request: FeedRequest, signal: AbortSignal): Promise<Answer> {
  const { url, headers, trust, accept, known_by } = request;
  const answer = await guardedRequest({
    url,
    headers: {
      ...headers,
      "accept-encoding": "gzip",
      "user-agent": "Yardline",
      ...(accept !== undefined && { accept }),
      ...(known_by?.etag !== undefined && { "if-none-match": known_by.etag }),
      ...(known_by?.last_modified !== undefined && { "if-modified-since": known_by.last_modified }),
    },
    trust,
    namedBy: "town",
    signal,
  });
  // Whoever reads the body sees it; an answer that nobody reads must not take the process with it.
  answer.on("error", () => undefined);
  return answer;
}

async function take(answer: Answer, bytes_max: number): Promise<Fetched> {
  const { statusCode, headers } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    return statusCode === 304 ? "unchanged" : refused(statusCode, headers["retry-after"]);
  }
  const packed = await readBody(answer, bytes_max);
  const bytes = await unpack(packed, headers["content-encoding"], bytes_max);
  return {
    bytes,
    known_by: {
      ...validator("etag", headers.etag),
      ...validator("last_modified", headers["last-modified"]),
    },
  };
}

async function unpack(packed: Buffer, encoding = "identity", bytes_max: number): Promise<Uint8Array> {
  if (/^identity$/i.test(encoding)) return packed;
  if (!/^(x-)?gzip$/i.test(encoding)) throw broken("it is packed in a way that was not asked for");
  try {
    return await unpacked(packed, { maxOutputLength: bytes_max });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE") {
      throw tooMuch(bytes_max);
    }
    throw broken("its gzip is damaged");
  }
}

function validator<const Field extends string>(field: Field, text: string | undefined) {
  if (text === undefined || text.length > VALIDATOR_CHARS_MAX) return {};
  return { [field]: text } as Record<Field, string>;
}

function refused(status: number, retry_after: string | undefined): Fetched {
  const words = status === 401 || status === 403 ? " (who we are is not accepted)" : "";
  const wait_s = Number(retry_after ?? 0);
  return {
    refused: new AppError("FEED_ANSWER", `The feed answers with ${status}${words}`, { retryable: true }),
    wait_ms: wait_s > 0 ? Math.min(WAIT_MS_MAX, wait_s * 1000) : 0,
  };
}

function tooMuch(bytes_max: number): AppError {
  return new AppError("FEED_TOO_MUCH", `The feed answers with more than ${bytes_max} bytes`, {
    retryable: true,
  });
}
