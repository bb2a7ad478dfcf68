import { existsSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import type { Records, Row } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { FOLDER_FORMAT, findStamp } from "./data-folder.ts";

/** Rows of this kind in Records name what was erased, by occurrence: index, rebuild, restore and upgrade obey them. */
export const ERASURE = "erasure";
/** Occurrences that the index is told to erase at once. */
const ERASE_AT_ONCE = 500;

export type Erased = {
  /** Occurrences that are noted as erased; none of them is in the index. */
  readonly noted: number;
  /** Why the notes of the folder that was there before could not be read. */
  readonly unread?: string;
};

/**
 * Carries the notes of what was erased into a restored folder, which may be older than they are, and erases all of it there.
 * @param from the folder that was there before; undefined where there was none.
 */
export async function carryErasures(from: string | undefined, to: string): Promise<Erased> {
  const before = await listNoted(from).catch((thrown: unknown) => {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  });
  const carried = before instanceof AppError ? [] : before;
  const ids = await withRecords(to, [], async (records) => {
    const known = new Set((await records.list(ERASURE)).map(({ id }) => id));
    const missing = carried.filter(({ id }) => !known.has(id));
    await records.write(missing.map(({ kind, id, value }) => ({ kind, id, value })));
    return [...known, ...missing.map(({ id }) => id)];
  });
  // An older index is erased from by the upgrade that makes it a new one.
  if ((await findStamp(to))?.format === FOLDER_FORMAT) {
    const index = await openEmbeddedIndex({ folder: join(to, "index") });
    await erase(index, ids).finally(() => index.close());
  }
  return { noted: ids.length, ...(before instanceof AppError && { unread: before.message }) };
}

/** Erases from an index what the folder's Records say was erased. */
export async function eraseNoted(folder: string, index: EventIndex): Promise<void> {
  await erase(
    index,
    (await listNoted(folder)).map(({ id }) => id),
  );
}

async function erase(index: EventIndex, occurrences: readonly string[]): Promise<void> {
  for (let at = 0; at < occurrences.length; at += ERASE_AT_ONCE) {
    await index.erase(occurrences.slice(at, at + ERASE_AT_ONCE));
  }
}

function listNoted(folder: string | undefined): Promise<readonly Row[]> {
  return withRecords(folder, [], (records) => records.list(ERASURE));
}

/** Something done with a folder's Records; `otherwise` where it has none. */
async function withRecords<Result>(
  folder: string | undefined,
  otherwise: Result,
  work: (records: Records) => Promise<Result>,
): Promise<Result> {
  const path = folder === undefined ? undefined : join(folder, "records.sqlite");
  if (path === undefined || !existsSync(path)) return otherwise;
  const records = await openSqliteRecords({ path });
  return await work(records).finally(() => records.close());
}
