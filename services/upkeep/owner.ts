import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { AppError } from "@yardline/domain/errors";

/**
 * Keeps root from leaving files of its own in another user's folder, which that user's town could not write to.
 * @param folder the data folder, or, where it is missing, the place where it will be made.
 * @throws AppError `FOLDER_OWNER` with the command that does it.
 */
export async function refuseRoot(folder: string, uid = process.getuid?.()): Promise<void> {
  if (uid !== 0) return;
  const owner = await ownerOf(resolve(folder));
  if (owner === 0) return;
  const mend = `run the same command as that user: sudo -u '#${owner}' ./yardline …`;
  throw new AppError(
    "FOLDER_OWNER",
    `${folder} belongs to another user, who could not use what root writes; ${mend}`,
  );
}

async function ownerOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found ? found.uid : ownerOf(dirname(path));
}
