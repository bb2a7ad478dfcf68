import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, isoOf } from "@yardline/domain/time";
import type { CheckpointPlace } from "./checkpoint-place.ts";

/** A folder on another disk or machine; one file a month, to which each checkpoint is added. */
export function checkpointFolder(
  { folder, every_ms }: { readonly folder: string; readonly every_ms: number },
  { clock }: { readonly clock: Pick<Clock, "now_ms"> },
): CheckpointPlace {
  return {
    name: "folder",
    every_ms,
    async send(note) {
      // Not made where it is missing: a disk that is not mounted would be taken for one that is.
      const path = join(folder, `audit-checkpoints-${isoOf(clock.now_ms()).slice(0, 7)}.txt`);
      await using file = await open(path, "a", 0o644);
      await file.writeFile(`${note}\n`);
      await file.datasync();
    },
  };
}
