import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real disk of its own that can run full. */
export type SmallDisk = {
  readonly folder: string;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
};

/** Mounts a disk in memory. That takes root: elsewhere it gives undefined, and the test is left out and says so by its name. */
export function mountSmallDisk(size_mb: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "yardline-disk-"));
  const options = ["-t", "tmpfs", "-o", `size=${size_mb}m`, "tmpfs", folder];
  if (spawnSync("/bin/mount", options).status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: () => void spawnSync("/bin/dd", ["if=/dev/zero", `of=${ballast}`, "bs=4096"]),
    free: () => rmSync(ballast),
    remove() {
      spawnSync("/bin/umount", ["-l", folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
