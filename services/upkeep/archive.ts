import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import { AppError, messageOf } from "@yardline/domain/errors";
import { syncFolder } from "./durable.ts";
import { readTar, type TarFile, tarOf } from "./tar.ts";

/** What a backup says of itself, in `backup.json`, the last file of the archive: one that lacks it was cut off. */
export type BackupManifest = {
  readonly kind: "yardline-backup";
  /** Of the data folder: who wrote it, not who backed it up. */
  readonly release: string;
  /** Of the data folder, `FOLDER_FORMAT`. */
  readonly folder_format: number;
  /** The moment that it shows: nothing acknowledged before is missing. */
  readonly made_at: string;
  readonly media: boolean;
  /** Stores that could not be read, and so are not in it. */
  readonly damaged: readonly string[];
  readonly files: readonly BackupFile[];
};

export type BackupFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

const MANIFEST = "backup.json";
/** Plain relative paths: nothing in an archive may be written outside of its folder. */
const PATH = /^(?!.*(?:^|\/)\.)[\p{L}\p{N}._= -]+(?:\/[\p{L}\p{N}._= -]+)*$/u;

/**
 * Writes files and, after them, the manifest into a `.tar.zst`.
 * @param work a folder on the same disk: the archive is written there, and renamed when all of it is on disk.
 * @param manifest asked for once every file went through; what is in it beside the list of files.
 * @throws AppError `BACKUP_UNWRITABLE`: the disk is full, for one; nothing is at `file` then, or what was there before.
 */
export async function writeArchive(
  file: string,
  work: string,
  files: AsyncIterable<TarFile>,
  manifest: () => Omit<BackupManifest, "files">,
  signal: AbortSignal,
): Promise<BackupManifest> {
  const part = join(work, "archive.part");
  const listed: BackupFile[] = [];
  const params = { [constants.ZSTD_c_checksumFlag]: 1 };
  try {
    const target = createWriteStream(part, { flush: true, mode: 0o600 });
    await pipeline(tarOf(withManifest(files, listed, manifest)), createZstdCompress({ params }), target, {
      signal,
    });
    await rename(part, file);
    await syncFolder(dirname(file));
    return { ...manifest(), files: listed };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal.aborted) throw new AppError("BACKUP_STOPPED", "It was stopped; no backup was made.");
    const mend = "Name a place that can be written and has room.";
    throw new AppError("BACKUP_UNWRITABLE", `${file} cannot be written (${messageOf(cause)}). ${mend}`, {
      cause,
    });
  }
}

/**
 * Reads an archive from end to end and compares every file with its checksum.
 * @param keep takes each file's body, to its end, before the checksum is known.
 * @throws AppError `ARCHIVE_DAMAGED` naming what is wrong, `BACKUP_UNREADABLE`.
 */
export async function readArchive(
  file: string,
  keep: (file: TarFile) => Promise<void>,
  signal: AbortSignal,
): Promise<BackupManifest> {
  const found = new Map<string, BackupFile>();
  let manifest: BackupManifest | undefined;
  try {
    await pipeline(
      createReadStream(file),
      createZstdDecompress(),
      async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const each of readTar(chunks)) {
          if (each.path === MANIFEST) manifest = manifestOf(await json(each.body));
          else found.set(each.path, await hashed(each, keep));
        }
      },
      { signal },
    );
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal.aborted) throw new AppError("BACKUP_STOPPED", "It was stopped.");
    if (cause instanceof Error && "syscall" in cause) {
      throw new AppError("BACKUP_UNREADABLE", `${file} cannot be used: ${cause.message}.`, { cause });
    }
    throw damaged(file, messageOf(cause));
  }
  if (!manifest) throw damaged(file, "it ends too early");
  compare(file, manifest, found);
  return manifest;
}

async function* withManifest(
  files: AsyncIterable<TarFile>,
  listed: BackupFile[],
  manifest: () => Omit<BackupManifest, "files">,
): AsyncGenerator<TarFile> {
  for await (const { path, bytes, body } of files) {
    const hash = createHash("sha256");
    yield { path, bytes, body: passed(body, hash) };
    listed.push({ path, bytes, sha256: hash.digest("hex") });
  }
  const text = Buffer.from(`${JSON.stringify({ ...manifest(), files: listed }, undefined, 1)}\n`);
  yield { path: MANIFEST, bytes: text.length, body: Readable.from([text]) };
}

async function hashed(
  { path, bytes, body }: TarFile,
  keep: (file: TarFile) => Promise<void>,
): Promise<BackupFile> {
  if (!PATH.test(path))
    throw new AppError("ARCHIVE_DAMAGED", "The backup holds a path that no backup of ours has.");
  const hash = createHash("sha256");
  await keep({ path, bytes, body: passed(body, hash) });
  return { path, bytes, sha256: hash.digest("hex") };
}

async function* passed(
  body: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
}

function compare(file: string, { files }: BackupManifest, found: ReadonlyMap<string, BackupFile>): void {
  const wrong = files.find(({ path, sha256 }) => found.get(path)?.sha256 !== sha256);
  if (wrong) throw damaged(file, `${wrong.path} in it is not as it was when the backup was made`);
  if (found.size !== files.length) throw damaged(file, "it holds files that its list does not name");
}

function manifestOf(value: unknown): BackupManifest {
  const manifest = value as BackupManifest;
  if (manifest?.kind === "yardline-backup" && Array.isArray(manifest.files)) return manifest;
  throw new AppError("ARCHIVE_DAMAGED", "This is no backup of Yardline.");
}

function damaged(file: string, why: string): AppError {
  return new AppError("ARCHIVE_DAMAGED", `${file} is damaged: ${why}. Take another backup.`);
}
