import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { glob, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { lockFor } from "@yardline/bus/sqlite-file";
import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { type BackupManifest, writeArchive } from "./archive.ts";
import { type Cut, openCut } from "./cut.ts";
import { findStamp, RESTORED, shareFolder } from "./data-folder.ts";
import { refuseRoot } from "./owner.ts";
import { fileAt } from "./plain-file.ts";
import { type Progress, progressOf } from "./progress.ts";
import type { TarFile } from "./tar.ts";

export type BackupOptions = {
  readonly folder: string;
  /** The `.tar.zst` to make; one that is there is replaced when the new one is whole. */
  readonly file: string;
  readonly media: boolean;
  /** Whether the caller has the folder to itself already. */
  readonly held?: boolean;
  readonly clock: Clock;
  /** For the person who waits. */
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
};

type Wanted = (path: string) => boolean;

/** How often files are listed that came while others were copied. */
const LOOKS_MAX = 10;
/** Side files of SQLite, locks, what was being written, and where the folder itself came from; and the stores, which the cut has. */
const NOT_PLAIN = /(?:^|\/)\.|-(?:wal|shm|journal)$|\.(?:lock|sqlite|part)$/;

/**
 * Copies a data folder into one archive, whether or not a town runs on it; the town is not held up.
 * @returns what is in it, and what could not be read (`damaged`).
 * @throws AppError `BACKUP_NOTHING`, `BACKUP_UNWRITABLE`, `BACKUP_STOPPED`, `CUT_BUSY`; no half backup is left.
 */
export async function makeBackup(options: BackupOptions): Promise<BackupManifest> {
  const { folder, file, media, clock, signal } = options;
  const stamp = await findStamp(folder);
  if (!stamp) throw new AppError("BACKUP_NOTHING", `${folder} holds no town; give --data the folder of one.`);
  await refuseRoot(folder);
  using _alone = lockFor(join(folder, "backup"), { what: "backup", unavailable: "BACKUP_UNREADABLE" });
  await using closing = new AsyncDisposableStack();
  const work = workFolder(folder, file);
  const clear = () => rm(work, { recursive: true, force: true });
  await clear();
  closing.defer(clear);
  await mkdir(work, { recursive: true, mode: 0o700 });
  const made_at = isoOf(clock.now_ms());
  const wanted = isWanted(options);
  using cut = await openUnchanged(options, wanted);
  const damaged = cut.damaged.map(({ message }) => message);
  const files = filesOf(options, cut, wanted, join(work, "store.sqlite"), damaged);
  return await writeArchive(
    file,
    work,
    files,
    () => ({
      kind: "yardline-backup",
      release: stamp.release,
      folder_format: stamp.format,
      made_at,
      media,
      damaged,
    }),
    signal,
  );
}

/** Not while stores change their places. @throws AppError `STORE_IN_USE` while they do. */
async function openUnchanged({ folder, held }: BackupOptions, wanted: Wanted): Promise<Cut> {
  using _unchanged = held === true ? undefined : shareFolder(folder);
  return await openCut(folder, wanted);
}

/** An index that is being rebuilt beside the one in use is begun anew after a restore. */
function isWanted({ folder, media }: BackupOptions): Wanted {
  const isRebuilt = existsSync(join(folder, "index"));
  return (path) =>
    (media || !path.startsWith("media/")) && !(isRebuilt && /^index\.(?:next|before)\//.test(path));
}

/** Beside the backup; the same each time, so that what a kill left there is cleared by the next backup of the folder. */
function workFolder(folder: string, file: string): string {
  const tag = createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 8);
  return join(dirname(file), `.yardline-backup-${tag}`);
}

/** First the stores, each copied, put into the archive and let go; then the files, which do not change once they are there. */
async function* filesOf(
  { folder, clock, report, signal }: BackupOptions,
  cut: Cut,
  wanted: Wanted,
  copy: string,
  damaged: string[],
): AsyncGenerator<TarFile> {
  const plain = await listPlain(folder, wanted);
  const progress = progressOf(
    clock,
    await bytesOf(folder, [...cut.stores.map(({ path }) => path), ...plain]),
    report,
  );
  for (const { path, snapshot } of cut.stores) {
    const fault = await snapshot.copyTo(copy, () => signal.throwIfAborted()).catch(damageOf);
    snapshot[Symbol.dispose]();
    if (fault) damaged.push(fault.message);
    else yield* fileAt(copy, path, progress);
    await rm(copy, { force: true });
  }
  yield* plainFilesOf(folder, plain, wanted, progress);
}

/** A file that was listed may be gone, and what it held be in one that was not: a corrected day of history. So it looks again. */
async function* plainFilesOf(folder: string, listed: readonly string[], wanted: Wanted, progress: Progress) {
  const seen = new Set<string>();
  let paths = listed;
  for (let look = 0; look < LOOKS_MAX && paths.length > 0; look++) {
    for (const path of paths) {
      seen.add(path);
      yield* fileAt(join(folder, path), path, progress);
    }
    // Recordings come all the time; those are for the next backup.
    const isNew = (path: string) => !seen.has(path) && !path.startsWith("media/") && wanted(path);
    paths = await listPlain(folder, isNew);
  }
}

/** What is the matter with a store; anything else ends the backup. */
function damageOf(thrown: unknown): AppError {
  if (thrown instanceof AppError && thrown.code === "STORE_DAMAGED") return thrown;
  throw thrown;
}

async function listPlain(folder: string, wanted: Wanted): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entry of glob("**/*", { cwd: folder, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(join(folder, "/").length);
    if (!entry.isFile() || NOT_PLAIN.test(path) || path === RESTORED) continue;
    if (wanted(path)) found.push(path);
  }
  return found.toSorted();
}

async function bytesOf(folder: string, paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await stat(join(folder, path)).catch(() => undefined))?.size ?? 0;
  return bytes;
}
