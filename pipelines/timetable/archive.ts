import { AppError, messageOf } from "@yardline/domain/errors";
import yauzl from "yauzl";

/** Where a GTFS zip comes from: a path, or its bytes. */
export type GtfsSource = string | Uint8Array;

/** Largest file of a feed after unpacking. A whole country's stop_times fits; a zip bomb does not. */
export const UNPACKED_BYTES_MAX = 1024 * 1024 * 1024;
/** All its files together: a bomb may as well be many. */
const ALL_BYTES_MAX = 4 * UNPACKED_BYTES_MAX;
/** Most entries that a feed may have; a real one has about twenty. */
export const ENTRIES_MAX = 1_000;

/** The files of one GTFS zip by name. Close it when everything is read. */
export type Archive = {
  /** Every entry as the zip names it, folders included. */
  readonly files: readonly string[];
  has(file: string): boolean;
  /** The bytes of a file, piece by piece, checked against the length that the zip states. */
  read(file: string): AsyncIterable<Uint8Array>;
  close(): void;
};

/**
 * Opens a GTFS zip by its directory. Files inside a folder are found too, as many publishers pack one.
 * @param limit_bytes of one file. @param all_bytes_max of all together.
 * @throws AppError `TIMETABLE_UNREADABLE` (no such file), `TIMETABLE_NOT_A_ZIP` (also: cut short), `TIMETABLE_TOO_LARGE`.
 */
export async function openArchive(
  source: GtfsSource,
  limit_bytes = UNPACKED_BYTES_MAX,
  all_bytes_max = ALL_BYTES_MAX,
): Promise<Archive> {
  const zip = await opened(source);
  try {
    const entries = await entriesOf(zip, limit_bytes, all_bytes_max);
    return {
      files: [...entries.values()].map(({ fileName }) => fileName),
      has: (file) => entries.has(file),
      read: (file) => piecesOf(zip, file, entries.get(file)),
      close: () => zip.close(),
    };
  } catch (thrown) {
    zip.close();
    throw thrown;
  }
}

async function opened(source: GtfsSource): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false };
  try {
    return typeof source === "string"
      ? await yauzl.openPromise(source, options)
      : await yauzl.fromBufferPromise(
          Buffer.from(source.buffer, source.byteOffset, source.byteLength),
          options,
        );
  } catch (cause) {
    throw openingError(source, cause);
  }
}

function openingError(source: GtfsSource, cause: unknown): AppError {
  const name = typeof source === "string" ? source : "The timetable";
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "EACCES" || code === "EISDIR") {
    return new AppError(
      "TIMETABLE_UNREADABLE",
      `${name} cannot be read (${code}); check the path and its rights.`,
      { cause },
    );
  }
  return new AppError(
    "TIMETABLE_NOT_A_ZIP",
    `${name} is not a whole zip file (${messageOf(cause)}); fetch the GTFS zip again.`,
    { cause },
  );
}

async function entriesOf(
  zip: yauzl.ZipFile,
  limit_bytes: number,
  all_bytes_max: number,
): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > ENTRIES_MAX) {
    throw new AppError(
      "TIMETABLE_TOO_LARGE",
      `The zip has ${zip.entryCount} entries, more than the ${ENTRIES_MAX} allowed; is it a GTFS feed?`,
    );
  }
  const entries = new Map<string, yauzl.Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      const file = entry.fileName.split("/").at(-1) ?? "";
      if (entry.fileName.startsWith("__MACOSX/") || file === "") continue;
      const known = entries.get(file);
      // The one nearest to the root is the feed's own.
      if (!known || entry.fileName.length < known.fileName.length) entries.set(file, entry);
    }
  } catch (cause) {
    throw brokenZip(cause);
  }
  const large = [...entries.values()].find(({ uncompressedSize }) => uncompressedSize > limit_bytes);
  if (large) {
    throw new AppError(
      "TIMETABLE_TOO_LARGE",
      `${large.fileName} would unpack to ${large.uncompressedSize} bytes, more than the ${limit_bytes} allowed; cut the feed down to this town.`,
    );
  }
  const all_bytes = [...entries.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (all_bytes > all_bytes_max) {
    throw new AppError(
      "TIMETABLE_TOO_LARGE",
      `The zip would unpack to ${all_bytes} bytes, more than the ${all_bytes_max} allowed; cut the feed down to this town.`,
    );
  }
  return entries;
}

async function* piecesOf(
  zip: yauzl.ZipFile,
  file: string,
  entry: yauzl.Entry | undefined,
): AsyncIterable<Uint8Array> {
  if (!entry)
    throw new AppError(
      "TIMETABLE_FILE_MISSING",
      `The zip has no ${file}; GTFS requires it, so export the feed again.`,
    );
  try {
    // yauzl ends the stream with an error as soon as it passes the stated length: a lying entry cannot fill the memory.
    for await (const piece of await zip.openReadStreamPromise(entry)) yield piece;
  } catch (cause) {
    throw cause instanceof AppError ? cause : brokenZip(cause, file);
  }
}

function brokenZip(cause: unknown, file = "The zip"): AppError {
  return new AppError(
    "TIMETABLE_NOT_A_ZIP",
    `${file} cannot be unpacked (${messageOf(cause)}); fetch the GTFS zip again.`,
    { cause },
  );
}
