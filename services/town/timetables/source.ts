import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { copyFile, readFile, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { guardedRequest } from "@yardline/sources/http/guarded-request";
import { fromBase } from "../site.ts";

const FETCH_MS_MAX = 120_000;
/** Some servers pack a timetable when it is asked for. */
const SILENCE_MS_MAX = 60_000;
/** A whole country's timetable is a few hundred megabytes; a town's is a few. */
const ZIP_BYTES_MAX = 300 * 1024 * 1024;

/** By what a source tells that it has nothing new: a server's validators, or a file's size and time. */
export type Mark = {
  readonly etag?: string;
  readonly last_modified?: string;
  readonly size?: number;
  readonly mtime_ms?: number;
};

export type Fetched = { readonly mark: Mark; readonly sha256: string };

export type Wanted = {
  /** A zip file's path, or its web address. */
  readonly from: string;
  /** The file that the settings came from: a path is meant from its folder. */
  readonly base: string;
  /** What the source had when it was fetched last. */
  readonly known: Mark | undefined;
  /** Where to put it. */
  readonly to: string;
};

export function isAddress(from: string): boolean {
  return /^https?:\/\//.test(from);
}

/**
 * Fetches a timetable into a file, unless the source has nothing new.
 * @throws AppError `GTFS_FETCH` (retryable).
 */
export async function fetchFeed(wanted: Wanted, signal: AbortSignal): Promise<Fetched | undefined> {
  try {
    const mark = isAddress(wanted.from) ? await overHttp(wanted, signal) : await fromDisk(wanted);
    return mark && { mark, sha256: await sha256Of(wanted.to) };
  } catch (cause) {
    const hint = isAddress(wanted.from)
      ? "Is the address right, and this machine online?"
      : "Are the path and its rights right?";
    const why = `The timetable at ${wanted.from} could not be fetched (${messageOf(cause)}). ${hint}`;
    throw new AppError("GTFS_FETCH", why, { retryable: true, cause });
  }
}

async function fromDisk({ from, base, known, to }: Wanted): Promise<Mark | undefined> {
  const path = fromBase(base, from);
  const mark = await markOf(path);
  if (known && isSame(mark, known)) return undefined;
  await copyFile(path, to);
  // Whoever writes it is not done: the next look sees it whole.
  if (!isSame(mark, await markOf(path))) throw new Error("it is being written");
  return mark;
}

async function markOf(path: string): Promise<Mark> {
  const { size, mtimeMs: mtime_ms } = await stat(path);
  return { size, mtime_ms };
}

function isSame(a: Mark, b: Mark): boolean {
  return a.size === b.size && a.mtime_ms === b.mtime_ms;
}

async function overHttp({ from, known, to }: Wanted, signal: AbortSignal): Promise<Mark | undefined> {
  const answer = await guardedRequest({
    url: new URL(from),
    headers: {
      ...(known?.etag !== undefined && { "if-none-match": known.etag }),
      ...(known?.last_modified !== undefined && { "if-modified-since": known.last_modified }),
    },
    namedBy: "town",
    // Many a timetable is kept with a provider of storage.
    elsewhere: true,
    silence_ms_max: SILENCE_MS_MAX,
    trust: {},
    signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS_MAX)]),
  });
  const { statusCode, headers } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    if (statusCode === 304) return undefined;
    throw new Error(`the server answered ${statusCode}`);
  }
  await pipeline(limited(answer), createWriteStream(to, { mode: 0o600 }));
  const { etag, "last-modified": last_modified } = headers;
  return { ...(etag !== undefined && { etag }), ...(last_modified !== undefined && { last_modified }) };
}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > ZIP_BYTES_MAX) throw new Error(`it is larger than ${ZIP_BYTES_MAX / 1024 / 1024} MB`);
    yield chunk;
  }
}

async function sha256Of(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
