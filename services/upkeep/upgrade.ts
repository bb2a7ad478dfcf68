import { basename, dirname, join, resolve } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { makeBackup } from "./backup.ts";
import {
  FOLDER_FORMAT,
  findStamp,
  lockFolder,
  RELEASE,
  refuseNewer,
  type Stamp,
  writeStamp,
} from "./data-folder.ts";
import { fileTimeOf } from "./file-time.ts";
import { refuseRoot } from "./owner.ts";
import type { Step, StepOptions } from "./step.ts";
import { toFormat2 } from "./to-format-2.ts";

/** By format, without gaps. */
const STEPS: readonly Step[] = [toFormat2];

export type Upgraded = {
  /** The formats; equal where there was nothing to do. */
  readonly from: number;
  readonly to: number;
  /** What brings the folder back as it was. */
  readonly backup: string | undefined;
};

/**
 * Carries a data folder to this release's format, after a backup of all but the recordings, which no step touches. Interrupted,
 * it goes on when it is run again; the town does not start on the folder until it is through.
 * @param file where the backup is made; beside the folder where it is undefined.
 * @throws AppError `UPGRADE_NOTHING`, `FOLDER_NEW`, `STORE_IN_USE`, `UPGRADE_STOPPED`, and what backup and stores throw.
 */
export async function upgradeFolder(
  options: StepOptions & { readonly file: string | undefined },
): Promise<Upgraded> {
  const folder = resolve(options.folder);
  const { clock, report, signal } = options;
  const found = await findStamp(folder);
  if (!found)
    throw new AppError("UPGRADE_NOTHING", `${folder} holds no town; give --data the folder of one.`);
  refuseNewer(folder, found);
  if (found.format === FOLDER_FORMAT && !found.upgrading)
    return { from: FOLDER_FORMAT, to: FOLDER_FORMAT, backup: undefined };
  await refuseRoot(folder);
  using _lock = lockFolder(folder);
  const stamp = found.upgrading ? found : await backUp(found, { ...options, folder });
  const backup = stamp.upgrading?.backup;
  let format = stamp.format;
  for (const step of STEPS.filter(({ to }) => to > stamp.format)) {
    report(`from format ${format} to ${step.to}`);
    await step.run({ folder, clock, report, signal }).catch((thrown: unknown) => {
      const stopped = "It was stopped; run ./yardline upgrade again, it goes on from here.";
      throw signal.aborted ? new AppError("UPGRADE_STOPPED", stopped, { cause: thrown }) : thrown;
    });
    format = step.to;
    await writeStamp(folder, { ...stamp, format });
  }
  await writeStamp(folder, { format, release: RELEASE, made_at: isoOf(clock.now_ms()) });
  return { from: stamp.format, to: format, backup };
}

/** @returns the stamp that says so, written: from then on the folder is half-way, and the backup is not made again. */
async function backUp(
  stamp: Stamp,
  options: StepOptions & { readonly file: string | undefined },
): Promise<Stamp> {
  const { folder, clock, report } = options;
  const name = `${basename(folder)}-format-${stamp.format}-${fileTimeOf(clock)}.tar.zst`;
  const file = resolve(options.file ?? join(dirname(folder), name));
  report(`backing up to ${file}`);
  const { damaged } = await makeBackup({ ...options, file, media: false, held: true });
  const [fault] = damaged;
  if (fault !== undefined) throw new AppError("UPGRADE_DAMAGED", `Nothing was changed. ${fault}`);
  const half = { ...stamp, upgrading: { backup: file } };
  await writeStamp(folder, half);
  return half;
}
