import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A half-written file older than this belongs to nobody any more. */
const ABANDONED_MS = 3_600_000;

/** Writes beside, then renames: nobody ever reads a part. What fails leaves nothing behind. */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const part = `${path}.${randomUUID()}.part`;
  try {
    await using file = await open(part, "wx");
    await write(file);
    await file.sync();
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
  await rename(part, path);
}

/** Removes what killed set-ups left behind. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".part") && Date.now() - (await stat(path)).mtimeMs > ABANDONED_MS)
      await rm(path, { force: true });
  }
}
