import type { Records, Row } from "@yardline/records/records";

/**
 * Rows that are kept for years, a kind a month: reading one month never reads the others. Their ids begin with the month, as
 * `2026-11-…`. Beside them a row a month says which months there are.
 */

export function monthOf(id: string): string {
  return id.slice(0, "2026-11".length);
}

export function kindOfMonth(kind: string, month: string): string {
  return `${kind}:${month}`;
}

export function monthsKind(kind: string): string {
  return `${kind}-month`;
}

/** The months that have rows, newest first. */
export async function listMonths(records: Pick<Records, "list">, kind: string): Promise<readonly string[]> {
  return (await records.list(monthsKind(kind))).map(({ id }) => id).toReversed();
}

/** The rows of some ids, of whatever months, in the order asked for; those that are not there are left out. */
export async function findByMonth(
  records: Pick<Records, "findAll">,
  kind: string,
  ids: readonly string[],
): Promise<readonly Row[]> {
  const months = Map.groupBy(ids, monthOf);
  const found = await Promise.all(
    [...months].map(([month, some]) => records.findAll(kindOfMonth(kind, month), some)),
  );
  const rows = new Map(found.flat().map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}
