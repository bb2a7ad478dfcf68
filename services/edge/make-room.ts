import type { Kept, MediaKeeper, Period } from "@yardline/media/media-store";
import { bytesToFree, chooseRemovals, type DiskBudget } from "@yardline/media/removal";
import { diskIsShort, roomMade, roomNotMade } from "@yardline/telemetry/recording";
import type { Logger } from "pino";
import { noteGaps } from "./note-gaps.ts";

/** The disk that recordings are on. */
export type Disk = {
  /** As `statfs` tells it: what this process may still write. */
  freeBytes(): Promise<number>;
  readonly budget: DiskBudget;
};

const PAGE = 500;
/** Removals of one round; more wait for the next one, so that a wrong figure cannot empty a store at once. */
const PAGES_MAX = 40;

/**
 * Drops the least wanted recordings until the disk's budget holds: counted, logged and shown as gaps, never what is held.
 * Whatever goes wrong is told, and tried again at the next round.
 * @param gone is told how many things of a camera went.
 */
export async function makeRoom(
  { keeper, disk }: { readonly keeper: MediaKeeper; readonly disk: Disk },
  held: readonly Period[],
  log: Logger,
  gone: (camera: string, things: number) => void = () => undefined,
): Promise<void> {
  try {
    const state = { free_bytes: await disk.freeBytes(), used_bytes: await keeper.usedBytes() };
    let need_bytes = bytesToFree(disk.budget, state);
    let skip = 0;
    for (let pages = 0; need_bytes > 0 && pages < PAGES_MAX; pages++) {
      const page = await keeper.listLeastWanted(PAGE, skip);
      if (page.length === 0) break;
      const going = chooseRemovals(page, need_bytes, held);
      // First the bytes: on a full disk nothing can be written down before.
      await keeper.remove(going);
      tell(going, log, gone);
      await noteGaps(keeper, going, "made-room");
      need_bytes -= going.reduce((sum, { bytes }) => sum + bytes, 0);
      skip += page.length - going.length;
    }
    diskIsShort(log, Math.max(0, need_bytes));
  } catch (thrown) {
    roomNotMade(log, thrown);
  }
}

function tell(going: readonly Kept[], log: Logger, gone: (camera: string, things: number) => void): void {
  for (const [camera, own] of Map.groupBy(going, (each) => each.camera)) {
    roomMade(log, camera, {
      things: own.length,
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      wanted: own.filter(({ weight }) => weight > 0).length,
    });
    gone(camera, own.length);
  }
}
