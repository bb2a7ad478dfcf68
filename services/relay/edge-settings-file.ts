import { constants } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";

/**
 * Replaces a file whole: written beside it, synced, renamed, and the folder synced, so that a power cut leaves the old text or
 * the new one.
 * @throws AppError `SETTINGS_UNWRITABLE` (retryable).
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const unfinished = join(folder, `.${basename(path)}.part`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    {
      await using file = await open(unfinished, "w", 0o600);
      await file.writeFile(text);
      await file.datasync();
    }
    await rename(unfinished, path);
    await using entered = await open(folder, constants.O_RDONLY);
    await entered.sync();
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    const message = `Settings cannot be kept in ${path}: ${messageOf(cause)}.`;
    throw new AppError("SETTINGS_UNWRITABLE", message, { retryable: true, cause });
  }
}

/** The file's text, or undefined where there is none. */
export async function findText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    const message = `Settings cannot be read from ${path}: ${messageOf(cause)}.`;
    throw new AppError("SETTINGS_UNREADABLE", message, { cause });
  }
}
