import { type FileHandle, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";

const NAME = /^(\d{12})(?:_\d+)?\.log$/;
/** A disk loses what it was writing in pieces of at least this. */
const SECTOR_BYTES = 512;
/** Zeros are written in pieces of this. */
const PIECE_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/** What a file of the log holds: whole lines, perhaps one that was cut off, then nothing but zeros. */
export type Scanned = {
  readonly lines: readonly string[];
  /** Where the whole lines end. */
  readonly end: number;
  /** Bytes of a line without an end: being written now, or what a kill left. */
  readonly torn_bytes: number;
  /** What stands behind the zeros: nothing, what a power cut leaves of an entry, or something else. */
  readonly behind: "nothing" | "torn" | "something";
};

export function scanLogFile(bytes: Buffer): Scanned {
  const zero = bytes.indexOf(0);
  const text_end = zero === -1 ? bytes.length : zero;
  const end = bytes.subarray(0, text_end).lastIndexOf(NEWLINE) + 1;
  const behind = bytes.subarray(text_end);
  return {
    lines: end === 0 ? [] : bytes.toString("utf8", 0, end - 1).split("\n"),
    end,
    torn_bytes: text_end - end,
    behind: behind.equals(Buffer.alloc(behind.length)) ? "nothing" : isTorn(behind) ? "torn" : "something",
  };
}

/** A power cut loses whole sectors, and of entries that were not acknowledged. */
function isTorn(behind: Buffer): boolean {
  const gap_bytes = behind.findIndex((byte) => byte !== 0);
  return gap_bytes >= SECTOR_BYTES && !/^[0-9a-f]{64} \{.*\}$/m.test(behind.toString("latin1"));
}

/** The log's files by the number of their first entry; none where there is no folder. */
export async function listLogFiles(
  folder: string,
): Promise<readonly { readonly first: number; readonly path: string }[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw unavailable(folder, cause);
  });
  return names.toSorted().flatMap((name) => {
    const first = NAME.exec(name)?.[1];
    return first === undefined ? [] : [{ first: Number(first), path: join(folder, name) }];
  });
}

/** @param others files that stay as they are although they begin with the same number: they hold no entry that can be read. */
export function logFileOf(folder: string, first: number, others: number): string {
  const name = String(first).padStart(12, "0");
  return join(folder, others === 0 ? `${name}.log` : `${name}_${others}.log`);
}

/** @throws AppError `AUDIT_UNAVAILABLE` (retryable). */
export async function readLogFile(path: string): Promise<Scanned> {
  try {
    return scanLogFile(await readFile(path));
  } catch (cause) {
    throw unavailable(path, cause);
  }
}

/**
 * Makes a file of zeros whose room on the disk is taken: what is written into it later needs none. Whole on resolve, or not there.
 * @throws what the disk throws.
 */
export async function makeReserve(path: string, bytes: number): Promise<void> {
  const unfinished = `${path}.new`;
  try {
    await using file = await open(unfinished, "w", 0o600);
    await writeZeros(file, 0, bytes);
    await file.datasync();
    await rename(unfinished, path);
  } catch (thrown) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

export async function writeZeros(file: FileHandle, from: number, to: number): Promise<void> {
  const zeros = Buffer.alloc(Math.min(PIECE_BYTES, Math.max(0, to - from)));
  for (let at = from; at < to; at += zeros.length) {
    await writeAll(file, zeros.subarray(0, Math.min(zeros.length, to - at)), at);
  }
}

/** A write may end early without an error, as on a disk that just ran full. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

export function unavailable(path: string, cause: unknown): AppError {
  const message = `The audit log ${path} cannot be used now (${messageOf(cause)}); free some space or mend the disk.`;
  return new AppError("AUDIT_UNAVAILABLE", message, { retryable: true, cause });
}
