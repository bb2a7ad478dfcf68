import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { writeWhole } from "@yardline/upkeep/durable";

/** Replaces what an edge runs on: a power cut leaves the old text or the new one. @throws AppError `SETTINGS_UNWRITABLE` (retryable). */
export async function writeText(path: string, text: string): Promise<void> {
  await writeWhole(path, text).catch((cause: unknown) => {
    const message = `Settings cannot be kept in ${path}: ${messageOf(cause)}.`;
    throw new AppError("SETTINGS_UNWRITABLE", message, { retryable: true, cause });
  });
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
