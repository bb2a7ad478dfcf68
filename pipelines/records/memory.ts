import { AppError } from "@yardline/domain/errors";
import { checkName, isId, type PackedRow, packChanges, unpackRow } from "./changes.ts";
import { foldChanges, keyOf } from "./fold-changes.ts";
import type { Records, Row } from "./records.ts";

/** What is kept: rows by kind and id. */
export type Rows = Map<string, PackedRow>;

/** Records for tests, gone with whoever holds their rows. */
export function memoryRecords(rows: Rows = new Map()): Records {
  let isClosed = false;
  const kept = async (): Promise<Rows> => {
    if (isClosed) throw new AppError("RECORDS_UNAVAILABLE", "Records are closed.", { retryable: true });
    return rows;
  };
  const listOf = async (kind: string): Promise<Row[]> =>
    [...(await kept()).values()]
      .filter((row) => row.kind === kind)
      .toSorted((one, other) => compare(one.id, other.id))
      .map(unpackRow);
  const findOf = async (kind: string, ids: readonly string[]): Promise<Row[]> => {
    const all = await kept();
    return ids.flatMap((id) => (isId(id) ? (all.get(keyOf(kind, id)) ?? []) : [])).map(unpackRow);
  };
  return {
    find: async (kind, id) => (await findOf(kind, [id]))[0],
    findAll: findOf,
    list: listOf,
    async write(changes) {
      const all = await kept();
      const folded = foldChanges(packChanges(changes), (kind, id) => all.get(keyOf(kind, id))?.revision ?? 0);
      for (const { kind, id, revision, json } of folded) {
        if (json === undefined) all.delete(keyOf(kind, id));
        else all.set(keyOf(kind, id), { kind, id, revision, json });
      }
    },
    async dropBefore(kind, id) {
      checkName(kind, id);
      const all = await kept();
      for (const [key, row] of all) if (row.kind === kind && compare(row.id, id) < 0) all.delete(key);
    },
    async close() {
      isClosed = true;
    },
  };
}

function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
