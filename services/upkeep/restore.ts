import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { lockFor } from "@yardline/bus/sqlite-file";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { type BackupManifest, readArchive } from "./archive.ts";
import { lockFolder, RESTORED, restoringFolder } from "./data-folder.ts";
import { syncFolder, writeWhole } from "./durable.ts";
import { carryErasures, type Erased } from "./erasures.ts";
import { fileTimeOf } from "./file-time.ts";
import { refuseRoot } from "./owner.ts";
import { progressOf } from "./progress.ts";
import type { TarFile } from "./tar.ts";

export type RestoreOptions = {
  /** The `.tar.zst`. */
  readonly file: string;
  readonly folder: string;
  /** Whether a folder that is there may be moved aside. */
  readonly replace: boolean;
  readonly clock: Clock;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
};

export type Restored = {
  readonly manifest: Pick<BackupManifest, "made_at" | "release" | "folder_format" | "media" | "damaged">;
  /** Where the folder that was there is now. */
  readonly aside: string | undefined;
  readonly erased: Erased;
};

/** What has to happen once a restored folder is whole; after a crash the next restore goes on from it. */
type Swap = Restored & { readonly file: string };

const MEDIA = "media";

/**
 * Puts a backup into a data folder. It is written beside and compared with its checksums first, and only when it is whole does
 * it take the folder's place, by renaming. What was erased here since the backup was made is erased from it again. A backup
 * without media leaves the recordings where they are.
 * @throws AppError `RESTORE_NOT_EMPTY`, `STORE_IN_USE`, `ARCHIVE_DAMAGED`, `BACKUP_UNREADABLE`, `RESTORE_UNWRITABLE`, `BACKUP_STOPPED`;
 *   the folder is then as it was.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const folder = resolve(options.folder);
  const beside = restoringFolder(folder);
  await refuseRoot(folder);
  await using _alone = lockBeside(beside);
  const begun = await findSwap(beside);
  if (begun) {
    options.report(`a restore of ${begun.file} was interrupted when it was nearly done; finishing it`);
    return await swap(folder, beside, begun);
  }
  const isThere = existsSync(folder) && (await readdir(folder)).length > 0;
  if (isThere && !options.replace) {
    const mend = "Name an empty one, or give --replace, which moves it aside and removes nothing.";
    throw new AppError("RESTORE_NOT_EMPTY", `${folder} is not empty. ${mend}`);
  }
  // Held until its files have moved: no town may start on them meanwhile.
  using _lock = isThere ? lockFolder(folder) : undefined;
  try {
    const manifest = await unpack(options, beside);
    const erased = await carryErasures(isThere ? folder : undefined, beside);
    const aside = isThere ? freeName(`${folder}.replaced-${fileTimeOf(options.clock)}`) : undefined;
    const { files: _files, ...told } = manifest;
    const next: Swap = { file: options.file, manifest: told, aside, erased };
    await writeWhole(join(beside, RESTORED), `${JSON.stringify(next, undefined, 2)}\n`);
    return await swap(folder, beside, next);
  } catch (thrown) {
    if (!existsSync(join(beside, RESTORED))) await rm(beside, { recursive: true, force: true });
    throw thrown;
  }
}

/** The name, with a number where it is taken: two restores may fall into one second. */
function freeName(name: string, taken = 1): string {
  const tried = taken === 1 ? name : `${name}-${taken}`;
  return existsSync(tried) ? freeName(name, taken + 1) : tried;
}

/** One restore of a folder at a time. */
function lockBeside(beside: string): AsyncDisposable {
  const lock = lockFor(beside, { what: "folder", unavailable: "RESTORE_UNWRITABLE" });
  return {
    async [Symbol.asyncDispose]() {
      await rm(`${beside}.lock`, { force: true });
      lock[Symbol.dispose]();
    },
  };
}

async function unpack(
  { file, clock, report, signal }: RestoreOptions,
  beside: string,
): Promise<BackupManifest> {
  await rm(beside, { recursive: true, force: true });
  const progress = progressOf(clock, 0, report);
  const folders = new Set<string>();
  const keep = async ({ path, body }: TarFile): Promise<void> => {
    const target = join(beside, path);
    folders.add(dirname(target));
    const told = async function* () {
      for await (const piece of body) {
        progress.add(piece.length, path);
        yield piece;
      }
    };
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await pipeline(told, createWriteStream(target, { flush: true, flags: "wx", mode: 0o600 }), { signal });
    } catch (cause) {
      if (cause instanceof AppError || signal.aborted) throw cause;
      const mend = "Make room there, or name another folder.";
      throw new AppError("RESTORE_UNWRITABLE", `${beside} cannot be written (${messageOf(cause)}). ${mend}`, {
        cause,
      });
    }
  };
  await mkdir(beside, { recursive: true, mode: 0o700 });
  const manifest = await readArchive(file, keep, signal);
  for (const each of folders) await syncFolder(each);
  return manifest;
}

/** Each step leaves a state from which the next call goes on. */
async function swap(folder: string, beside: string, { aside, ...next }: Swap): Promise<Restored> {
  if (aside !== undefined) {
    if (!existsSync(aside)) await rename(folder, aside);
    const recordings = join(aside, MEDIA);
    if (!next.manifest.media && existsSync(recordings)) await rename(recordings, join(beside, MEDIA));
  }
  // Of what may be there by now, a rename replaces only an empty folder.
  await rename(beside, folder);
  await syncFolder(dirname(folder));
  return { manifest: next.manifest, erased: next.erased, aside };
}

async function findSwap(beside: string): Promise<Swap | undefined> {
  if (!existsSync(join(beside, RESTORED))) return undefined;
  return JSON.parse(await readFile(join(beside, RESTORED), "utf8"));
}
