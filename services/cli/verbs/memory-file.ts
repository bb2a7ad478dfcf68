import { readFile, stat } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { checkMemory, type Memory } from "@yardline/prediction/knowledge";
import { writeWhole } from "@yardline/upkeep/durable";

/** A large city's memory takes some 50 MB; a larger file is something else. */
const MEMORY_BYTES_MAX = 256 * 2 ** 20;

/**
 * What was learnt before; undefined where the file is not there yet.
 * @throws AppError `MEMORY_UNREADABLE`, `MEMORY_VERSION`: another file, a damaged one, one of another version.
 */
export async function readMemory(path: string): Promise<Memory | undefined> {
  let text: string;
  try {
    if ((await stat(path)).size > MEMORY_BYTES_MAX) throw new Error("it is too large");
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new AppError("MEMORY_UNREADABLE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  return checkMemory(parsed(text), path);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a memory whole or not at all. @throws AppError `OUT_UNWRITABLE`. */
export async function writeMemory(path: string, memory: Memory): Promise<void> {
  await writeWhole(path, JSON.stringify(memory)).catch((cause: unknown) => {
    throw new AppError("OUT_UNWRITABLE", `${path} cannot be written: ${messageOf(cause)}.`, { cause });
  });
}
