import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";

/** A process writes into the folders of today and, at midnight, of yesterday; what it made of older recordings goes with its day. */
const DAYS = 2;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Files that a kill left in a store's newest days: half of one, or a whole one that the list does not name. Nobody would ever drop them by their
 * time, since the list alone knows it.
 * @param listed gives the ids of what began in [from_ms, to_ms).
 * @returns their paths.
 */
export async function findStrays(
  top: string,
  listed: (camera: string, from_ms: number, to_ms: number) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const strays: string[] = [];
  for (const camera of await namesIn(top)) {
    // The drafts have a folder of their own, which begins with a dot.
    const days = camera.startsWith(".")
      ? []
      : (await namesIn(join(top, camera))).filter((name) => DAY.test(name));
    for (const day of days.toSorted().slice(-DAYS)) {
      const folder = join(top, camera, day);
      const names = await namesIn(folder);
      const known = new Set(await listed(camera, Date.parse(day), Date.parse(day) + DAY_MS));
      strays.push(...names.filter((name) => !known.has(parse(name).name)).map((name) => join(folder, name)));
    }
  }
  return strays;
}

/** Empty for what is no folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
