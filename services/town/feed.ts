import { dirname, resolve } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import { loadTimetable } from "@yardline/timetable/gtfs";
import type { Timetable } from "@yardline/timetable/timetable";

const FETCH_MS_MAX = 120_000;
/** A whole country's timetable is a few hundred megabytes; a town's is a few. */
const ZIP_BYTES_MAX = 300 * 1024 * 1024;

/**
 * Loads a timetable from a zip file's path or web address.
 * @param base the file that the settings came from: a path is meant from its folder.
 * @throws AppError `GTFS_FETCH` (retryable), and what `loadTimetable` throws.
 */
export async function loadFeed(from: string, feed: string, base: string): Promise<Timetable> {
  if (!/^https?:\/\//.test(from)) return loadTimetable(resolve(dirname(resolve(base)), from), feed);
  try {
    return await loadTimetable(await fetchBytes(from), feed);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const why = `The timetable at ${from} could not be fetched (${messageOf(cause)}). Is the address right, and this machine online?`;
    throw new AppError("GTFS_FETCH", why, { retryable: true, cause });
  }
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(FETCH_MS_MAX) });
  if (!answer.ok || !answer.body) throw new Error(`the server answered ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > ZIP_BYTES_MAX) throw new Error(`it is larger than ${ZIP_BYTES_MAX / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
