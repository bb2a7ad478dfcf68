import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real disk of its own that can be made as slow as a dying one. */
export type SlowDisk = {
  readonly folder: string;
  /** From now on the kernel writes no more than this to it. */
  throttle(bytes_per_s: number): void;
  /** As fast as it can again. */
  release(): void;
  remove(): void;
};

/** The kernel's own brake on a block device; only a machine whose block devices are ruled by control groups of the first kind has it. */
const BRAKE = "/sys/fs/cgroup/blkio/blkio.throttle.write_bps_device";
/** `st_rdev` of Linux for numbers as small as a loop device's. */
const MINORS = 256;

/** Mounts an ext4 file system on a file, behind a loop device. That takes root and the brake: elsewhere it gives undefined. */
export function mountSlowDisk(size_mb: number): SlowDisk | undefined {
  const top = mkdtempSync(join(tmpdir(), "yardline-slow-disk-"));
  const image = join(top, "image");
  const folder = join(top, "disk");
  const run = (command: string, ...args: readonly string[]) => {
    const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
    return status === 0 ? stdout.trim() : undefined;
  };
  let device: string | undefined;
  const remove = () => {
    run("/bin/umount", "-l", folder);
    if (device) run("/sbin/losetup", "-d", device);
    rmSync(top, { recursive: true });
  };
  run("/bin/mkdir", folder);
  run("/usr/bin/truncate", "-s", `${size_mb}M`, image);
  run("/sbin/mkfs.ext4", "-q", "-F", image);
  device = run("/sbin/losetup", "-f", "--show", image);
  const mounted = device !== undefined && run("/bin/mount", device, folder) !== undefined;
  const brake = (bytes_per_s: number) => {
    const { rdev } = statSync(device ?? "");
    writeFileSync(BRAKE, `${Math.floor(rdev / MINORS)}:${rdev % MINORS} ${bytes_per_s}`);
  };
  try {
    if (!mounted) throw new Error("it could not be mounted");
    brake(0);
  } catch {
    remove();
    return undefined;
  }
  return { folder, throttle: brake, release: () => brake(0), remove };
}
