import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { checkExport } from "./check-query.ts";
import { daysFolder } from "./day-files.ts";
import { DuckChild } from "./duckdb-child.ts";
import { type FolderExport, TABLES, type Table } from "./history.ts";
import { hotPath } from "./hot-file.ts";

const EXPORT_MS_MAX = 30 * 60_000;
/** A day that is corrected in that very moment makes it begin again, so often. */
const ATTEMPTS_MAX = 10;
const MEMORY_MB = 1_024;
const THREADS = 1;

export type ExportOptions = {
  readonly folder: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Writes visits of a history into a file, in a process of its own that only looks: the town may be running and writing.
 * @returns the rows.
 * @throws AppError `HISTORY_ABSENT` where there is none, `HISTORY_QUERY`, `OUTPUT_UNWRITABLE`, `HISTORY_CANCELLED`.
 */
export async function exportHistory(
  request: FolderExport,
  { folder, clock, signal }: ExportOptions,
): Promise<number> {
  const form = checkExport(request);
  if (!existsSync(daysFolder(folder)) && !existsSync(hotPath(folder))) {
    throw new AppError("HISTORY_ABSENT", `There is no history in ${folder}; name the data folder of a town.`);
  }
  const part = `${request.path}.part`;
  await makeEmpty(part, request.path);
  const child = new DuckChild({ folder, clock, memory_mb: MEMORY_MB, threads: THREADS, watch: undefined });
  try {
    const rows = await again(() =>
      child.call("export", [request, form, part], { timeout_ms: EXPORT_MS_MAX, signal }),
    );
    await rename(part, request.path);
    return rows;
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown instanceof AppError && thrown.code === "HISTORY_UNAVAILABLE"
      ? unwritable(request.path, thrown)
      : thrown;
  } finally {
    await child.close();
  }
}

export function findTable(name: string): Table | undefined {
  return TABLES.find((each) => each === name);
}

async function again(attempt: () => Promise<number>): Promise<number> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (thrown) {
      const isChanged = thrown instanceof AppError && thrown.code === "HISTORY_CHANGED";
      if (!isChanged || attempts === ATTEMPTS_MAX) throw thrown;
    }
  }
}

/** Before the work, so that nobody waits for minutes to hear that the result has no place. */
async function makeEmpty(part: string, path: string): Promise<void> {
  try {
    await using _file = await open(part, "w");
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): AppError {
  const message = `${path} cannot be written (${messageOf(cause)}); name a file in a place that can be written and has room.`;
  return new AppError("OUTPUT_UNWRITABLE", message, { cause });
}
