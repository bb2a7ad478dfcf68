import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { lockFor } from "@yardline/bus/sqlite-file";
import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { writeWhole } from "./durable.ts";
import manifest from "./package.json" with { type: "json" };

/**
 * The layout of a data folder as a whole. It grows whenever a store changes its own format or a store's files move; then a step
 * in `steps.ts` carries folders over, and a folder of the release before is kept in `infra/fixtures`.
 */
export const FOLDER_FORMAT = 2;

/** This release, as people name it; only the formats decide. */
export const RELEASE: string = manifest.version;

/** Who wrote a data folder, in `data-folder.json`. */
export type Stamp = {
  readonly format: number;
  readonly release: string;
  /** When the folder was made or came to this format. */
  readonly made_at: string;
  /** There while an upgrade is under way: where its backup lies. */
  readonly upgrading?: { readonly backup: string };
};

const STAMP = "data-folder.json";
const LOCK = "data-folder";
/** Releases before stamps were made: a folder without one, and with stores, is of the first format. */
const UNSTAMPED: Stamp = { format: 1, release: "0.1.0", made_at: "" };
const KIND = { what: "data folder", unavailable: "FOLDER_UNAVAILABLE" };

/** What stands beside a folder while a backup is being put in its place. */
export function restoringFolder(folder: string): string {
  return `${resolve(folder)}.restoring`;
}

/** In a restored folder: which backup it came from. In a folder beside: that it is whole and only has to be put in place. */
export const RESTORED = "restored.json";

/**
 * Begins to use a data folder, and stamps it where it is new. Services that share a folder each do so; that one process at a
 * time has a store is the store's own affair.
 * @returns the lock: while anybody holds it, the folder is neither upgraded nor replaced.
 * @throws AppError `STORE_IN_USE`; `FOLDER_OLD`, `FOLDER_NEW` for another release's; `FOLDER_RESTORING`, `FOLDER_STAMP`.
 */
export async function useFolder(folder: string, clock: Clock): Promise<Disposable> {
  if (existsSync(join(restoringFolder(folder), RESTORED))) {
    const half = "was being restored from a backup when the machine or the process stopped";
    throw new AppError("FOLDER_RESTORING", `${folder} ${half}. Run the same ./yardline restore again.`);
  }
  await removeHalf(folder);
  using opening = new DisposableStack();
  const lock = opening.use(shareFolder(folder));
  if (!(await isOurs(folder))) {
    await writeStamp(folder, { format: FOLDER_FORMAT, release: RELEASE, made_at: isoOf(clock.now_ms()) });
  }
  opening.move();
  return lock;
}

/** What a restore that was killed had unpacked is a copy of everything, and nobody may ever restore again. One under way is left alone. */
async function removeHalf(folder: string): Promise<void> {
  const beside = restoringFolder(folder);
  if (!existsSync(beside)) return;
  try {
    using _lock = lockFor(beside, KIND);
    await rm(beside, { recursive: true, force: true });
    await rm(`${beside}.lock`, { force: true });
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "STORE_IN_USE")) throw thrown;
  }
}

/** Keeps a folder from being changed as a whole. @throws AppError `STORE_IN_USE` while it is. */
export function shareFolder(folder: string): Disposable {
  return lockFor(join(folder, LOCK), KIND, { shared: true });
}

/** Takes a folder for one who changes it as a whole. @throws AppError `STORE_IN_USE` while anybody uses it. */
export function lockFolder(folder: string): Disposable {
  return lockFor(join(folder, LOCK), KIND);
}

/**
 * Whether a folder is of this release, rather than new.
 * @throws AppError `FOLDER_OLD`, `FOLDER_NEW`, `FOLDER_STAMP`, each saying what to do.
 */
export async function isOurs(folder: string): Promise<boolean> {
  const stamp = await findStamp(folder);
  if (!stamp) return false;
  refuseNewer(folder, stamp);
  const run = `run ./yardline upgrade --data ${folder}`;
  if (stamp.upgrading) {
    throw new AppError("FOLDER_OLD", `An upgrade of ${folder} was interrupted: ${run} again.`);
  }
  if (stamp.format < FOLDER_FORMAT) {
    const formats = `format ${stamp.format}; this is ${RELEASE}, format ${FOLDER_FORMAT}`;
    throw new AppError(
      "FOLDER_OLD",
      `${folder} was written by Yardline ${stamp.release} (${formats}): ${run}`,
    );
  }
  return true;
}

/** The stamp of a folder; undefined where nothing is kept yet. @throws AppError `FOLDER_STAMP` for one that cannot be read. */
export async function findStamp(folder: string): Promise<Stamp | undefined> {
  const path = join(folder, STAMP);
  if (!existsSync(path)) return holdsStores(folder) ? UNSTAMPED : undefined;
  const text = await readFile(path, "utf8");
  try {
    const { format, release, made_at, upgrading }: Record<keyof Stamp, unknown> = JSON.parse(text);
    if (!Number.isSafeInteger(format)) throw new Error("no format");
    const backup = upgrading ? String(Object(upgrading).backup) : undefined;
    return {
      format: Number(format),
      release: String(release),
      made_at: String(made_at),
      ...(backup !== undefined && { upgrading: { backup } }),
    };
  } catch (cause) {
    throw new AppError("FOLDER_STAMP", `${path} is damaged; restore the folder from a backup.`, { cause });
  }
}

/** Durable and whole on resolve. */
export async function writeStamp(folder: string, stamp: Stamp): Promise<void> {
  await writeWhole(join(folder, STAMP), `${JSON.stringify(stamp, undefined, 2)}\n`);
}

/** @throws AppError `FOLDER_NEW` for a folder that only a newer release can read. */
export function refuseNewer(folder: string, { format, release }: Stamp): void {
  if (format <= FOLDER_FORMAT) return;
  const formats = `format ${format}; ${RELEASE} reads up to ${FOLDER_FORMAT}`;
  const mend = "Start that release, or restore a backup made before it.";
  throw new AppError("FOLDER_NEW", `${folder} was written by Yardline ${release} (${formats}). ${mend}`);
}

function holdsStores(folder: string): boolean {
  return ["records.sqlite", "bus", "index", "media"].some((name) => existsSync(join(folder, name)));
}
