import { AppError, messageOf } from "@yardline/domain/errors";
import { parse } from "csv-parse";
import type { Archive } from "../archive.ts";
import { isServiceDate, type ServiceDate, secondsOf } from "../service-day.ts";
import { ROWS_MAX } from "../table.ts";
import type { Findings } from "./findings.ts";

/** Longest row that is believed, in characters; protects against a file without a newline. */
const ROW_CHARACTERS_MAX = 100_000;

/** One row as it stands in the file. */
export class RawRow {
  readonly line: number;
  readonly fields: readonly string[];
  readonly #columns: ReadonlyMap<string, number>;

  constructor(line: number, fields: readonly string[], columns: ReadonlyMap<string, number>) {
    this.line = line;
    this.fields = fields;
    this.#columns = columns;
  }

  /** Trimmed; empty where the column or the value is missing. */
  text(column: string): string {
    const at = this.#columns.get(column);
    return at === undefined ? "" : (this.fields[at] ?? "").trim();
  }

  number(column: string): number | undefined {
    const text = this.text(column);
    const value = Number(text);
    return text === "" || !Number.isFinite(value) ? undefined : value;
  }

  /** Seconds of a time since the service day's origin. */
  seconds(column: string): number | undefined {
    return secondsOf(this.text(column));
  }

  date(column: string): ServiceDate | undefined {
    const text = this.text(column);
    return isServiceDate(text) ? text : undefined;
  }
}

export type RawTable = {
  readonly file: string;
  readonly header: readonly string[];
  has(column: string): boolean;
  readonly rows: readonly RawRow[];
};

/** A table that is not there: no column, no row. */
export function noTable(file: string): RawTable {
  return { file, header: [], has: () => false, rows: [] };
}

/**
 * Reads a table as it stands. What the CSV itself has wrong is found here, since later nobody sees it.
 * @throws AppError `TIMETABLE_TOO_LARGE`, and what the archive throws.
 */
export async function readRawTable(archive: Archive, file: string, findings: Findings): Promise<RawTable> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: ROW_CHARACTERS_MAX,
  });
  const fed = feed(parser, archive.read(file));
  const rows: RawRow[] = [];
  const columns = new Map<string, number>();
  let header: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser) {
      const fields: readonly string[] = record;
      if (!header) header = headerOf(file, fields, columns, findings);
      else take(fields, info.lines);
    }
    await fed;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    findings.error("csv_parsing_failed", file, rows.length + 2, messageOf(cause));
  }
  if (!header) findings.error("empty_file", file, 0, "the file has not even a header line");
  return { file, header: header ?? [], has: (column) => columns.has(column), rows };

  function take(fields: readonly string[], line: number): void {
    if (rows.length >= ROWS_MAX) throw tooLong(file);
    const wanted = header?.length ?? 0;
    if (fields.every((field) => field.trim() === "")) {
      findings.warning("empty_row", file, line, "the row holds nothing");
      return;
    }
    if (fields.length !== wanted) {
      const text = `the row has ${fields.length} fields, the header ${wanted}`;
      findings.error("invalid_row_length", file, line, text);
    }
    rows.push(new RawRow(line, fields, columns));
  }
}

async function feed(parser: ReturnType<typeof parse>, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (parser.destroyed) return;
      if (!parser.write(piece)) await drained(parser);
    }
    parser.end();
  } catch (thrown) {
    // The reader of the rows gets the archive's own error.
    parser.destroy(thrown instanceof Error ? thrown : undefined);
  }
}

function drained(parser: ReturnType<typeof parse>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  parser.once("drain", resolve).once("close", resolve);
  return promise;
}

function headerOf(
  file: string,
  fields: readonly string[],
  columns: Map<string, number>,
  findings: Findings,
): readonly string[] {
  const names = fields.map((field) => field.trim());
  for (const [at, name] of names.entries()) {
    if (name === "") findings.error("empty_column_name", file, 1, `column ${at + 1} has no name`);
    else if (columns.has(name)) findings.error("duplicated_column", file, 1, `${name} stands there twice`);
    else columns.set(name, at);
  }
  return names;
}

function tooLong(file: string): AppError {
  const text = `${file} has more than ${ROWS_MAX} rows; cut the feed down to this town.`;
  return new AppError("TIMETABLE_TOO_LARGE", text);
}
