import { AppError, messageOf } from "@yardline/domain/errors";
import type { ModelManifest } from "./manifest.ts";
import { checkModel, MODEL_BYTES_MAX, type Model, readLimited } from "./read-model.ts";
import { ensureTried } from "./trial/tried.ts";
import { writeWhole } from "./write-whole.ts";

const REDIRECTS_MAX = 5;
/** For all of it: half a gigabyte at a megabit a second would take longer, and nobody waits for that. */
const DOWNLOAD_MS_MAX = 30 * 60_000;

export type PullOptions = {
  /** A file to take instead of what is at the URL: a machine without internet. */
  readonly file?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Told of each piece: bytes so far, and of how many where the server says. */
  told(bytes: number, of: number | undefined): void;
};

/**
 * Brings a model's file to its place. Digest and graph are checked, and a stranger tried, before it is there under its name; it appears whole or not at
 * all.
 * @throws AppError `MODEL_UNREACHABLE`, `MODEL_DIGEST`, `MODEL_UNREADABLE`, `MODEL_REFUSED`, `MODEL_WRONG`, `MODEL_MISSING`, and as `ensureTried`.
 */
export async function pullModel({ manifest, path, tried }: Model, options: PullOptions): Promise<void> {
  const bytes =
    options.file === undefined
      ? await download(manifest, options)
      : await readLimited(options.file, manifest.name);
  checkModel(manifest, bytes);
  await ensureTried({ manifest, bytes, provider: "cpu" }, tried);
  await writeWhole(path, (file) => file.writeFile(bytes));
}

async function download({ name, origin, sha256 }: ModelManifest, options: PullOptions): Promise<Uint8Array> {
  if (!("url" in origin)) throw unreachable(`${name} has no address to be pulled from; give --file`);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(DOWNLOAD_MS_MAX)]);
  try {
    const answer = await follow(origin.url, options.fetch, signal);
    return await bodyOf(answer, options);
  } catch (cause) {
    if (options.signal.aborted || cause instanceof AppError) throw cause;
    const where = `${origin.url} cannot be fetched (${messageOf(cause)})`;
    throw unreachable(
      `${where}; fetch it elsewhere and give it with --file. Its SHA-256 is ${sha256}`,
      cause,
    );
  }
}

/** Redirects are followed a few times and to https alone. */
async function follow(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
  left = REDIRECTS_MAX,
): Promise<Response> {
  const { protocol, href } = new URL(url);
  if (protocol !== "https:") throw unreachable(`${href} is not https, and nothing else is fetched`);
  const answer = await fetch(url, { redirect: "manual", signal });
  if (answer.ok) return answer;
  await answer.body?.cancel();
  const next = answer.headers.get("location");
  const isRedirect = answer.status >= 300 && answer.status < 400;
  if (!isRedirect || next === null) throw unreachable(`${href} answers ${answer.status}`);
  if (left === 0) throw unreachable(`${href} leads on and on`);
  return follow(new URL(next, url).href, fetch, signal, left - 1);
}

async function bodyOf(answer: Response, { told }: PullOptions): Promise<Uint8Array> {
  const length = Number(answer.headers.get("content-length") ?? Number.NaN);
  if (length > MODEL_BYTES_MAX) throw tooLarge(length);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    if (bytes > MODEL_BYTES_MAX) throw tooLarge(bytes);
    pieces.push(piece);
    told(bytes, Number.isFinite(length) ? length : undefined);
  }
  return Buffer.concat(pieces);
}

function tooLarge(bytes: number): AppError {
  return unreachable(`it sends ${bytes} bytes or more; no model is larger than ${MODEL_BYTES_MAX}`);
}

function unreachable(why: string, cause?: unknown): AppError {
  return new AppError("MODEL_UNREACHABLE", `the model was not pulled: ${why}`, { cause });
}
