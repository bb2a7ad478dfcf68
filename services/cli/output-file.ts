import { open } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";

/** A text file that a verb writes, piece by piece. */
export type OutputFile = AsyncDisposable & {
  /** @throws AppError `OUTPUT_UNWRITABLE`: the disk is full, for one. What was written before stays. */
  write(text: string): Promise<void>;
};

/**
 * Makes the file, or empties the one that is there: before the work, so that nobody waits for an hour to hear that its result
 * has no place.
 * @throws AppError `OUTPUT_UNWRITABLE`.
 */
export async function openOutput(path: string): Promise<OutputFile> {
  const file = await orUnwritable(path, open(path, "w"));
  return {
    write: (text) => orUnwritable(path, file.writeFile(text)),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function orUnwritable<Done>(path: string, work: Promise<Done>): Promise<Done> {
  try {
    return await work;
  } catch (cause) {
    const message = `${path} cannot be written (${messageOf(cause)}); name a file in a place that can be written and has room.`;
    throw new AppError("OUTPUT_UNWRITABLE", message, { cause });
  }
}
