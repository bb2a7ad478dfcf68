import { checkRevision, type PackedChange } from "./changes.ts";

/** What a transaction makes of one row: from revision `was` to `revision`, 0 = not there. */
export type FoldedRow = {
  readonly kind: string;
  readonly id: string;
  readonly was: number;
  readonly revision: number;
  readonly json: string | undefined;
};

/**
 * Plays changes in their order on the present revisions, so that the rows can be written in one go.
 * @param present revision of a row, 0 = not there.
 * @returns one row a kind and id, in the order of their first change.
 * @throws AppError `RECORDS_CONFLICT`.
 */
export function foldChanges(
  changes: readonly PackedChange[],
  present: (kind: string, id: string) => number,
): readonly FoldedRow[] {
  const folded = new Map<string, FoldedRow>();
  for (const change of changes) {
    const { kind, id, json } = change;
    const key = keyOf(kind, id);
    const { was, revision } = folded.get(key) ?? { was: present(kind, id), revision: present(kind, id) };
    checkRevision(change, revision);
    folded.set(key, { kind, id, was, revision: json === undefined ? 0 : revision + 1, json });
  }
  return [...folded.values()];
}

/** One text a row; no kind holds NUL. */
export function keyOf(kind: string, id: string): string {
  return `${kind}\0${id}`;
}
