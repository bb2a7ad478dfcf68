import { constants } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";

/**
 * Writes a file whole or not at all: into a temporary file beside it, synced, renamed, and the folder synced, so that after
 * a crash or a power cut either all of it is there or nothing.
 * @throws AppError `MEDIA_UNAVAILABLE` (retryable): disk full, read-only or broken; nothing of it is left.
 */
export async function writeDurably(path: string, data: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${basename(path)}.part`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { O_CREAT, O_WRONLY, O_TRUNC, O_NOFOLLOW } = constants;
    await using file = await open(unfinished, O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW, 0o600);
    await file.writeFile(data);
    await file.datasync();
    await rename(unfinished, path);
    await syncFolder(folder);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw unavailable(cause);
  }
}

/** Makes sure that a power cut does not take back which files a folder has. */
export async function syncFolder(folder: string): Promise<void> {
  await using entered = await open(folder, constants.O_RDONLY);
  await entered.sync();
}

/**
 * A file's bytes, or undefined where there is none. A link in its place is not followed.
 * @throws AppError `MEDIA_UNAVAILABLE` (retryable).
 */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    return await file.readFile();
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw unavailable(cause);
  }
}

export function isAbsent(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
}

export function unavailable(cause: unknown): AppError {
  return new AppError(
    "MEDIA_UNAVAILABLE",
    `Recordings cannot be stored or read (${messageOf(cause)}); free some space or mend the disk.`,
    { retryable: true, cause },
  );
}
