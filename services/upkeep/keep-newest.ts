import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@yardline/domain/time";
import { fileTimeOf } from "./file-time.ts";

const NAME = /^yardline-\d{8}T\d{6}Z\.tar\.zst$/;

/** What a backup made now is called in a folder of backups. */
export function backupNameOf(clock: Clock): string {
  return `yardline-${fileTimeOf(clock)}.tar.zst`;
}

/** Removes all but the newest `keep` backups of a folder; nothing else in it is touched. @returns the names that went. */
export async function keepNewest(folder: string, keep: number): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).toSorted();
  const old = names.slice(0, Math.max(0, names.length - keep));
  for (const name of old) await rm(join(folder, name));
  return old;
}
