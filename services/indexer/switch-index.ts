import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "@yardline/upkeep/durable";

/** Beside the index of a data folder: the one that is to take its place, and the one whose place was taken. */
export const NEXT = "index.next";
const BEFORE = "index.before";
/** In the new folder: how far the rebuild got; then, under another name, that it is whole. */
export const STATE = "rebuild.json";
const WHOLE = "rebuilt.json";

/** Puts the new index in the place of the old one, whose files go. A kill at any moment is mended by `settleIndex`. */
export async function switchIndex(folder: string): Promise<void> {
  await rename(join(folder, NEXT, STATE), join(folder, NEXT, WHOLE));
  await syncFolder(join(folder, NEXT));
  await settleIndex(folder);
}

/**
 * Ends a switch of indexes that was interrupted; nothing where there was none. Before an index of a data folder is opened,
 * because between two renames there is none.
 */
export async function settleIndex(folder: string): Promise<void> {
  const [index, next, before] = [join(folder, "index"), join(folder, NEXT), join(folder, BEFORE)];
  if (existsSync(join(next, WHOLE))) {
    if (existsSync(index)) {
      await rm(before, { recursive: true, force: true });
      await rename(index, before);
    }
    await rename(next, index);
    await syncFolder(folder);
  }
  await rm(join(index, WHOLE), { force: true });
  await rm(before, { recursive: true, force: true });
}
