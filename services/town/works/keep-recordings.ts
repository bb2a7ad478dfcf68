import type { Keeping } from "@yardline/edge/retention";
import { findHolds } from "@yardline/records/holds";
import type { Site } from "../site.ts";

/** Kept free unless the settings say otherwise: what the events' own stores need to go on for days, or a twentieth of a small disk. */
const KEEP_FREE_BYTES = 2_000_000_000;
const KEEP_FREE_SHARE = 0.05;
const MB = 1_000_000;

/** How this box keeps its recordings: the disk's budget from the settings, and what is held as evidence from the records. */
export async function keepRecordings({ now, stores, deletions, clock }: Site): Promise<Keeping> {
  const [keeper, records, disk_bytes] = await Promise.all([
    stores.media(),
    stores.records(),
    stores.diskBytes(),
  ]);
  const usual = Math.min(KEEP_FREE_BYTES, disk_bytes * KEEP_FREE_SHARE);
  return {
    keeper,
    disk: {
      freeBytes: () => stores.freeBytes(),
      get budget() {
        const { keep_free_mb, at_most_mb } = now().recordings ?? {};
        return {
          keep_free_bytes: keep_free_mb === undefined ? usual : keep_free_mb * MB,
          at_most_bytes: at_most_mb === undefined ? undefined : at_most_mb * MB,
        };
      },
    },
    listHeld: () => findHolds(records, clock.now_ms()),
    ...(deletions && { gone: (gone) => deletions.media(gone) }),
  };
}
