import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { listLogFiles, readLogFile } from "./log-file.ts";
import type { LogLine } from "./log-line.ts";

/** What the beginning of a shortened log is checked against: one signed note a time that it was shortened. */
export const NOTES = "pruned.txt";

/**
 * The lines of a log's files and what stands there beside lines, for `verify.ts`. Nothing is locked or changed: a town may write meanwhile.
 * @throws AppError `AUDIT_UNAVAILABLE`.
 */
export async function* readFileLog(folder: string): AsyncGenerator<LogLine> {
  const files = await listLogFiles(folder);
  for (const [at, { path }] of files.entries()) {
    const name = path.slice(join(folder, "/").length);
    const { lines, torn_bytes, behind } = await readLogFile(path);
    for (const [line, text] of lines.entries()) yield { place: `${name}:${line + 1}`, text };
    const place = `${name}:${lines.length + 1}`;
    if (torn_bytes > 0 && at < files.length - 1) yield { place, fault: "a line here has no end" };
    else if (torn_bytes > 0) {
      yield {
        place,
        fault: `unfinished: ${torn_bytes} bytes without an end, which a town that runs or was killed just then leaves`,
      };
    }
    if (behind !== "nothing") yield { place, fault: "something stands where nothing was ever written" };
  }
}

/** The notes in the place of entries whose time was over; empty where none are. */
export async function readFileNotes(folder: string): Promise<string> {
  return await readFile(join(folder, NOTES), "utf8").catch(() => "");
}
