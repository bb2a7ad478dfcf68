import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "@yardline/domain/errors";
import { checkGtfs } from "./check/check-gtfs.ts";
import type { Found } from "./check/findings.ts";
import { readContents } from "./gtfs.ts";
import type { Answer, Question } from "./read-apart.ts";

/** One question, one answer: what the thread needed meanwhile is given back with it. */
const { path, feed, check_at, limits }: Question = workerData;

async function answer(): Promise<Answer> {
  try {
    const contents = await readContents(path, feed, limits?.unpacked_bytes_max);
    return { contents, found: await check() };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    // Whoever made a feed that cannot be used mends all of it at once.
    return { code: thrown.code, why: thrown.message, found: await check().catch(() => []) };
  }
}

async function check(): Promise<readonly Found[]> {
  return check_at === undefined ? [] : checkGtfs(path, check_at, undefined, limits?.unpacked_bytes_max);
}

parentPort?.postMessage(await answer());
