import { writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { AppError } from "@yardline/domain/errors";
import { DuckDatabase, type DuckLimits } from "./duckdb-database.ts";
import { failureOf, outOfMemory } from "./duckdb-failure.ts";
import type { CountQuery, DistributionQuery, FolderExport, PercentileQuery, VisitsQuery } from "./history.ts";

/** The child process around DuckDB: what it is asked for comes over the IPC channel, one at a time, and it dies with its parent. */

/** Recording and detection come before planners. */
const NICENESS = 10;
/** DuckDB does not count what percentiles gather towards its own limit, so the whole process is measured as well, so often. */
const MEMORY_LOOK_MS = 50;
/** The whole process may have so many times what DuckDB counts. */
const MEMORY_FACTOR = 2;

type Options = DuckLimits & { readonly folder: string };
const options: Options = JSON.parse(process.argv[2] ?? "{}");

process.on("disconnect", () => process.exit());
// Ctrl-C reaches the whole terminal; it is the parent that says when this ends.
process.on("SIGINT", () => undefined);
// A parent that was killed before this line said so to nobody.
if (!process.connected) process.exit();

const database = await DuckDatabase.open(options.folder, options);

const operations = {
  percentiles: (query: PercentileQuery) => database.percentiles(query),
  distribution: (query: DistributionQuery) => database.distribution(query),
  counts: (query: CountQuery) => database.counts(query),
  visits: (query: VisitsQuery) => database.visits(query),
  closeDay: (date: string) => database.closeDay(date),
  export: (request: FolderExport, form: "csv" | "parquet", path: string) =>
    database.export(request, form, path),
};
export type DuckOperations = typeof operations;

/** What the parent sends: an operation, or that the one under way is to end. */
export type DuckQuestion =
  | { readonly id: number; readonly name: keyof DuckOperations; readonly args: readonly never[] }
  | "cancel";
export type DuckAnswer = {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly retryable: boolean };
  /** This process ends now. */
  readonly last: boolean;
};

async function answerTo({ id, name, args }: Exclude<DuckQuestion, string>): Promise<DuckAnswer> {
  try {
    const operation: (...args: never[]) => Promise<unknown> = operations[name];
    return { id, value: await operation(...args), last: isTooLarge };
  } catch (thrown) {
    const failure = thrown instanceof AppError ? thrown : failureOf(thrown);
    const { code, message, retryable } = isTooLarge ? outOfMemory() : failure;
    return { id, error: { code, message, retryable }, last: isTooLarge };
  }
}

/** Set once, and for ever: memory that was freed is not always given back, so this process then ends. */
let isTooLarge = false;
setInterval(() => {
  if (isTooLarge || process.memoryUsage.rss() < MEMORY_FACTOR * options.memory_mb * 2 ** 20) return;
  isTooLarge = true;
  database.cancel();
}, MEMORY_LOOK_MS);

process.on("message", (question: DuckQuestion) => {
  if (question === "cancel") database.cancel();
  else {
    void answerTo(question).then((answer) => {
      process.send?.(answer, undefined, undefined, () => answer.last && process.disconnect?.());
    });
  }
});
setPriority(NICENESS);
// Should memory run out, the kernel takes this process and not the town. Not every machine lets us say so.
await writeFile("/proc/self/oom_score_adj", "1000").catch(() => undefined);
