import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a small file whole or not at all, readable by its owner alone; on disk on resolve, with its name. A folder that is not there is made.
 * @throws what the file system throws; nothing is left then but what was there before.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.part`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(part, text, { flush: true, mode: 0o600 });
    await rename(part, path);
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
  await syncFolder(dirname(path));
}

/** Makes the names in a folder durable: a rename is on disk only after this. */
export async function syncFolder(folder: string): Promise<void> {
  await using entered = await open(folder, "r");
  await entered.sync();
}
