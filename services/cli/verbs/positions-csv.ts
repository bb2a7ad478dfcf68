import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { AppError, messageOf } from "@yardline/domain/errors";
import { cleanFix } from "@yardline/matching/fix";
import { compareReports, type Report } from "@yardline/matching/reports";
import { parse } from "csv-parse";

const REQUIRED = ["vehicle_id", "timestamp", "latitude", "longitude"] as const;
/** Most rows of one file: they are sorted by time in memory, some 200 bytes each. */
const ROWS_MAX = 10_000_000;
/** Longest row that is believed, in characters. */
const ROW_CHARACTERS_MAX = 100_000;
/** How many line numbers of a kind of bad row are told. */
const LINES_TOLD_MAX = 5;
/** Characters of a wrong header that are told. */
const HEADER_TOLD_MAX = 200;

/** Rows left out, by what is wrong with them, with their first lines. */
export type BadRows = ReadonlyMap<string, { readonly count: number; readonly lines: readonly number[] }>;

/** A row: what matching takes, and how the vehicle moved, where the file says it. */
export type PositionRow = Report & { readonly speed_mps?: number; readonly course_deg?: number };

type Reading = {
  /** The zone of timestamps that name none. */
  readonly timezone: string;
  /** Reports from after it are no reports. */
  readonly now_ms: number;
};

/**
 * Reads vehicle positions from a CSV file, plain or gzip, in any order. @returns them in the order that a replay takes.
 * @throws AppError `POSITIONS_UNREADABLE`, `POSITIONS_COLUMN_MISSING`, `POSITIONS_TOO_LARGE`.
 */
export async function readPositions(path: string, reading: Reading) {
  const reports: PositionRow[] = [];
  const bad = new Map<string, { count: number; lines: number[] }>();
  let columns: readonly string[] | undefined;
  const parser = parse({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: ROW_CHARACTERS_MAX,
    on_record(fields: string[], { lines }) {
      if (!columns) {
        columns = checkedHeader(path, fields);
        return null;
      }
      const report = reportOf(Object.fromEntries(columns.map((column, i) => [column, fields[i]])), reading);
      if (typeof report !== "string") reports.push(report);
      else note(bad, report, lines);
      if (reports.length > ROWS_MAX) {
        throw new AppError(
          "POSITIONS_TOO_LARGE",
          `${path} has more than ${ROWS_MAX} rows; split it by vehicle.`,
        );
      }
      return null;
    },
  });
  try {
    const file = createReadStream(path);
    const bytes = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
    file.on("error", (cause) => bytes.destroy(cause));
    bytes.on("error", (cause) => parser.destroy(cause)).pipe(parser);
    for await (const _ of parser);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("POSITIONS_UNREADABLE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  if (!columns) checkedHeader(path, []);
  return { reports: reports.sort(compareReports), bad };
}

function checkedHeader(path: string, header: readonly string[]): readonly string[] {
  const missing = REQUIRED.filter((column) => !header.includes(column));
  if (missing.length === 0) return header;
  throw new AppError(
    "POSITIONS_COLUMN_MISSING",
    `${path} line 1: column ${missing.join(", ")} is missing; it has ${headerText(header)}.`,
  );
}

/** A file of something else may begin with anything, and one line of it is shown. */
function headerText(header: readonly string[]): string {
  const text = header.join(", ").replaceAll(/\s+/g, " ");
  return text.length > HEADER_TOLD_MAX ? `${text.slice(0, HEADER_TOLD_MAX)} …` : text || "no columns";
}

function reportOf(row: Readonly<Record<string, string | undefined>>, reading: Reading): PositionRow | string {
  const { vehicle_id, timestamp, trip_id, start_date, route_id } = row;
  if (!vehicle_id) return "no vehicle_id";
  const at_ms = instantOf(timestamp ?? "", reading.timezone);
  if (at_ms === undefined) return "timestamp is not a time";
  const fix = cleanFix({
    vehicle_id,
    at_ms,
    // A recording is never late, but nobody records the future.
    received_at_ms: Math.min(at_ms, reading.now_ms),
    latitude: row["latitude"] ? Number(row["latitude"]) : Number.NaN,
    longitude: row["longitude"] ? Number(row["longitude"]) : Number.NaN,
    ...(trip_id && { trip_id }),
    ...(start_date && { start_date: start_date.replaceAll("-", "") }),
    ...(route_id && { route_id }),
  });
  return typeof fix === "string" ? REFUSALS[fix] : { vehicle_id, fix, ...motionOf(row) };
}

/** Speed in m/s and bearing, as GTFS-Realtime has them; what is none is left out. */
function motionOf({ speed, bearing }: Readonly<Record<string, string | undefined>>) {
  const [speed_mps, course_deg] = [speed, bearing].map((text) => (text ? Number(text) : Number.NaN));
  return {
    ...(speed_mps !== undefined && speed_mps >= 0 && { speed_mps }),
    ...(course_deg !== undefined && course_deg >= 0 && course_deg < 360 && { course_deg }),
  };
}

const REFUSALS = {
  "no-place": "latitude, longitude are no place on earth",
  "no-fix": "latitude, longitude are 0: a receiver without a fix",
  frozen: "the place is an old one",
  "ahead-of-time": "timestamp is in the future",
  "too-late": "timestamp is too old",
} as const;

/** Epoch seconds (or milliseconds), or ISO 8601; without a zone the timetable's own is meant. */
function instantOf(text: string, timezone: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const value = Number(text);
    return Math.round(value > EPOCH_SECONDS_MAX ? value : value * 1000);
  }
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const at_ms = zoned ? Date.parse(text.replace(" ", "T")) : localInstant(text.replace(" ", "T"), timezone);
  return Number.isNaN(at_ms) ? undefined : at_ms;
}

/** Larger numbers are milliseconds: as seconds they would be the year 5138. */
const EPOCH_SECONDS_MAX = 100_000_000_000;

function localInstant(text: string, timezone: string): number {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}

function note(bad: Map<string, { count: number; lines: number[] }>, why: string, line: number): void {
  const known = bad.get(why) ?? { count: 0, lines: [] };
  known.count += 1;
  if (known.lines.length < LINES_TOLD_MAX) known.lines.push(line);
  bad.set(why, known);
}

/** What was left out and why, as the end of a sentence; empty where nothing was. */
export function badRowsText(bad: BadRows): string {
  const left = [...bad].map(
    ([why, { count, lines }]) =>
      `${why} (${count}: line ${lines.join(", ")}${count > lines.length ? " …" : ""})`,
  );
  return left.length > 0 ? `; rows left out: ${left.join("; ")}` : "";
}

/** A field of a CSV row, by RFC 4180: quoted only where it must be. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
