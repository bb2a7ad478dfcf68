import { existsSync } from "node:fs";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { checkCounts, checkDistribution, checkPercentiles, checkVisits } from "./check-query.ts";
import { daysFolder } from "./day-files.ts";
import { countRowsOf, distributionRowsOf, percentileRowsOf, visitsOf } from "./duckdb-answer.ts";
import { DuckChild } from "./duckdb-child.ts";
import type { History } from "./history.ts";
import { hotPath } from "./hot-file.ts";

const ASK_MS_MAX = 30_000;
/** Of a reader beside the town that runs. */
const MEMORY_MB = 1_024;
const THREADS = 1;

/** What can be asked of a history without writing it. */
export type Questions = Pick<History, "percentiles" | "distribution" | "counts" | "visits">;

/** Asks a child that holds the history's folder. */
export function askDuck(duck: Pick<DuckChild, "call">): Questions {
  return {
    async percentiles(query, signal) {
      checkPercentiles(query);
      const rows = await duck.call("percentiles", [query], { timeout_ms: ASK_MS_MAX, signal });
      return percentileRowsOf(query, rows);
    },
    async distribution(query, signal) {
      checkDistribution(query);
      const rows = await duck.call("distribution", [query], { timeout_ms: ASK_MS_MAX, signal });
      return distributionRowsOf(query, rows);
    },
    async counts(query, signal) {
      checkCounts(query);
      const rows = await duck.call("counts", [query], { timeout_ms: ASK_MS_MAX, signal });
      return countRowsOf(query, rows);
    },
    async visits(query, signal) {
      checkVisits(query);
      return visitsOf(await duck.call("visits", [query], { timeout_ms: ASK_MS_MAX, signal }));
    },
  };
}

/**
 * Looks into a history that another process may be writing.
 * @throws AppError `HISTORY_ABSENT` where there is none.
 */
export function lookInto(folder: string, clock: Clock): Questions & Pick<History, "close"> {
  if (!existsSync(daysFolder(folder)) && !existsSync(hotPath(folder)))
    throw new AppError("HISTORY_ABSENT", `There is no history in ${folder}; name the data folder of a town.`);
  const duck = new DuckChild({ folder, clock, memory_mb: MEMORY_MB, threads: THREADS, watch: undefined });
  return { ...askDuck(duck), close: () => duck.close() };
}
