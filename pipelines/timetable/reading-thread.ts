import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "@yardline/domain/errors";
import { checkGtfs } from "./check/check-gtfs.ts";
import { readContents } from "./gtfs.ts";
import type { Answer, Question } from "./read-apart.ts";

/** One question, one answer: what the thread needed meanwhile is given back with it. */
const { path, feed, check_at }: Question = workerData;

async function answer(): Promise<Answer> {
  try {
    const contents = await readContents(path, feed);
    const found = check_at === undefined ? [] : await checkGtfs(path, check_at);
    return { contents, found };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return { code: thrown.code, why: thrown.message };
  }
}

parentPort?.postMessage(await answer());
