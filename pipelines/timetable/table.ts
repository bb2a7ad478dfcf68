import { AppError, messageOf } from "@yardline/domain/errors";
import { parse } from "csv-parse";
import type { Archive } from "./archive.ts";

/** Most rows of one table; a town's stop_times has a few hundred thousand. */
export const ROWS_MAX = 5_000_000;
/** Longest row that is believed, in characters; protects against a file without a newline. */
const ROW_CHARACTERS_MAX = 100_000;

/** One row: required columns always as text (perhaps empty), optional ones only where they hold something. */
export type Row<Required extends string, Optional extends string> = Record<Required, string> &
  Partial<Record<Optional, string>>;

export type Columns<Required extends string, Optional extends string> = {
  readonly required: readonly Required[];
  readonly optional?: readonly Optional[];
};

/**
 * Reads one table of a feed row by row: UTF-8 with or without BOM, quoted newlines, columns in any order, blanks trimmed.
 * @throws AppError `TIMETABLE_FILE_MISSING`, `TIMETABLE_COLUMN_MISSING`, `TIMETABLE_TABLE` (broken CSV), `TIMETABLE_TOO_LARGE`.
 */
export async function readTable<Required extends string, Optional extends string = never>(
  archive: Archive,
  file: string,
  columns: Columns<Required, Optional>,
  take: (row: Row<Required, Optional>, line: number) => void,
): Promise<void> {
  let shape: ((fields: readonly string[]) => Row<Required, Optional>) | undefined;
  let rows = 0;
  const parser = parse({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: ROW_CHARACTERS_MAX,
    on_record(fields: string[], { lines }) {
      if (!shape) {
        shape = rowShape(file, fields, columns);
        return null;
      }
      rows += 1;
      if (rows > ROWS_MAX) throw tooLong(file);
      take(shape(fields), lines);
      return null;
    },
  });
  try {
    await fed(parser, archive.read(file));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const text = `${file}: ${messageOf(cause)}; mend that line or export the feed again.`;
    throw new AppError("TIMETABLE_TABLE", text, { cause });
  }
  if (!shape)
    throw new AppError("TIMETABLE_TABLE", `${file} is empty; it must at least have its header line.`);
}

async function fed(parser: ReturnType<typeof parse>, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  parser.on("end", resolve).on("error", reject);
  parser.resume();
  // Whoever waits below sees the error; without this line Node would also call it unhandled.
  promise.catch(() => undefined);
  for await (const piece of pieces) {
    if (parser.destroyed) break;
    parser.write(piece);
  }
  parser.end();
  await promise;
}

/** How to turn the fields of this file into rows of the wanted columns. */
function rowShape<Required extends string, Optional extends string>(
  file: string,
  header: readonly string[],
  { required, optional = [] }: Columns<Required, Optional>,
): (fields: readonly string[]) => Row<Required, Optional> {
  const missing = required.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new AppError(
      "TIMETABLE_COLUMN_MISSING",
      `${file} line 1: column ${missing.join(", ")} is missing; GTFS requires it, so export the feed again.`,
    );
  }
  const musts = required.map((column) => [column, header.indexOf(column)] as const);
  const mays = optional
    .map((column) => [column, header.indexOf(column)] as const)
    .filter(([, at]) => at >= 0);
  return (fields) => {
    const row: Record<string, string> = {};
    for (const [column, at] of musts) row[column] = fields[at] ?? "";
    for (const [column, at] of mays) if (fields[at]) row[column] = fields[at];
    return row as Row<Required, Optional>;
  };
}

function tooLong(file: string): AppError {
  return new AppError(
    "TIMETABLE_TOO_LARGE",
    `${file} has more than ${ROWS_MAX} rows; cut the feed down to this town.`,
  );
}
