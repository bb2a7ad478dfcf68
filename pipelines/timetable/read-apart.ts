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
  /** Without it what a whole country's may take. */
  readonly limits?: ReadLimits;
};

/** What reading one may take: of somebody's upload less than of a source that the settings name. */
export type ReadLimits = {
  readonly unpacked_bytes_max: number;
  readonly heap_mb_max: number;
  readonly read_ms_max: number;
};

export type Answer =
  | { readonly contents: TimetableContents; readonly found: readonly Found[] }
  | { readonly code: string; readonly why: string; readonly found: readonly Found[] };

/** A timetable and what the checker found in it, where it was asked. */
type Checked = { readonly timetable: Timetable; readonly found: readonly Found[] };

/** Of a timetable that cannot be used, with what the checker found in it where it came so far. */
export class UnusableTimetable extends AppError {
  readonly found: readonly Found[];

  constructor(code: string, why: string, found: readonly Found[]) {
    super(code, why);
    this.found = found;
  }
}

/** A country's timetable is read in less; what takes more memory costs its thread alone. */
const HEAP_MB_MAX = 4_096;
/** Longest time that reading and checking may take. */
const READ_MS_MAX = 30 * 60_000;

/**
 * Reads a GTFS zip, and checks it where that is wanted, in a thread of its own, so that nobody waits for it meanwhile: only what was read is copied here.
 * @throws UnusableTimetable `TIMETABLE_…` as `loadTimetable` does; AppError `TIMETABLE_READING` where the thread came to an end without an answer.
 */
export async function readApart(question: Question, signal: AbortSignal): Promise<Checked> {
  const in_time = AbortSignal.timeout(question.limits?.read_ms_max ?? READ_MS_MAX);
  const answer = await answerTo(question, AbortSignal.any([signal, in_time]));
  if ("code" in answer) throw new UnusableTimetable(answer.code, answer.why, answer.found);
  return { timetable: new Timetable(answer.contents), found: answer.found };
}

async function answerTo(question: Question, signal: AbortSignal): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (why: string) => reject(new AppError("TIMETABLE_READING", `${question.path}: ${why}`));
  // Flags of this process (a test runner's loader, say) are not for the thread.
  const worker = new Worker(new URL("./reading-thread.ts", import.meta.url), {
    workerData: question,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: question.limits?.heap_mb_max ?? HEAP_MB_MAX },
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
