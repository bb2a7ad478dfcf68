import { Worker } from "node:worker_threads";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Found } from "./check/findings.ts";
import type { ServiceDate } from "./service-day.ts";
import { Timetable, type TimetableContents } from "./timetable.ts";

/** What one thread is to read, and the day as of which it is to check it, if it is. */
export type Question = {
  readonly path: string;
  readonly feed: string;
  readonly check_at?: ServiceDate;
};

export type Answer =
  | { readonly contents: TimetableContents; readonly found: readonly Found[] }
  | { readonly code: string; readonly why: string };

/** A timetable and what the checker found in it, where it was asked. */
type Checked = { readonly timetable: Timetable; readonly found: readonly Found[] };

/** A country's timetable is read in less; what takes more memory costs its thread alone. */
const HEAP_MB_MAX = 4_096;
/** Longest time that reading and checking may take. */
const READ_MS_MAX = 30 * 60_000;

/**
 * Reads a GTFS zip, and checks it where that is wanted, in a thread of its own, so that nobody waits for it meanwhile: only what was read is copied here.
 * @throws AppError `TIMETABLE_…` as `loadTimetable` does; `TIMETABLE_READING` where the thread came to an end without an answer.
 */
export async function readApart(question: Question, signal: AbortSignal): Promise<Checked> {
  const limits = AbortSignal.any([signal, AbortSignal.timeout(READ_MS_MAX)]);
  const answer = await answerTo(question, limits);
  if ("code" in answer) throw new AppError(answer.code, answer.why);
  return { timetable: new Timetable(answer.contents), found: answer.found };
}

async function answerTo(question: Question, signal: AbortSignal): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (why: string) => reject(new AppError("TIMETABLE_READING", `${question.path}: ${why}`));
  // Flags of this process (a test runner's loader, say) are not for the thread.
  const worker = new Worker(new URL("./reading-thread.ts", import.meta.url), {
    workerData: question,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
  });
  const stop = () => fail("reading was stopped, or took too long");
  signal.addEventListener("abort", stop, { once: true });
  worker.once("message", resolve);
  worker.once("error", (thrown) => fail(`the reading thread failed (${messageOf(thrown)})`));
  worker.once("exit", () => fail("the reading thread ended without an answer"));
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
