import { AppError } from "@yardline/domain/errors";
import type { Records } from "./records.ts";

/** One call, in the notation of tests. */
export type Deed =
  | { readonly what: "write"; readonly changes: readonly Step[] }
  | { readonly what: "drop"; readonly before: string }
  | { readonly what: "list" };
type Step = {
  readonly id: string;
  readonly expected: number | undefined;
  readonly value: number | undefined;
};
/** A call and what its caller was told: `done`, `conflict`, or the rows as text. */
export type Seen = { readonly deed: Deed; readonly told: string };

/** Does one caller's deeds, each after the other, and notes what it is told. */
export async function doAll(
  records: Records,
  kind: string,
  deeds: readonly Deed[],
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const each of deeds) seen.push({ deed: each, told: await doOne(records, kind, each) });
  return seen;
}

async function doOne(records: Records, kind: string, each: Deed): Promise<string> {
  if (each.what === "list") {
    const rows = await records.list(kind);
    return rows.map(({ id, revision, value }) => `${id}@${revision}=${value}`).join(" ");
  }
  try {
    if (each.what === "drop") await records.dropBefore(kind, each.before);
    else await records.write(each.changes.map((change) => ({ kind, ...expectedOf(change) })));
    return "done";
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT") return "conflict";
    throw thrown;
  }
}

function expectedOf({ id, expected, value }: Step) {
  return expected === undefined ? { id, value } : { id, expected, value };
}

export type Rows = ReadonlyMap<string, { readonly revision: number; readonly value: number }>;

/** Whether some order of all callers' deeds, each caller's own kept, and then the last ones, would have told everybody the same. */
export function isSerial(
  before: Rows,
  callers: readonly (readonly Seen[])[],
  last: readonly Seen[],
): boolean {
  if (callers.every((seen) => seen.length === 0)) {
    return last.length === 0 || isSerial(before, [last], []);
  }
  return callers.some(([first, ...rest], at) => {
    if (!first) return false;
    const { told, after } = play(before, first.deed);
    return told === first.told && isSerial(after, callers.with(at, rest), last);
  });
}

/** The records as they are meant: what a deed tells and leaves. */
function play(rows: Rows, each: Deed): { readonly told: string; readonly after: Rows } {
  if (each.what === "list") {
    const sorted = [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1));
    return {
      told: sorted.map(([id, { revision, value }]) => `${id}@${revision}=${value}`).join(" "),
      after: rows,
    };
  }
  const after = new Map(rows);
  if (each.what === "drop") {
    for (const id of rows.keys()) if (id < each.before) after.delete(id);
    return { told: "done", after };
  }
  for (const { id, expected, value } of each.changes) {
    const revision = after.get(id)?.revision ?? 0;
    if (expected !== undefined && expected !== revision) return { told: "conflict", after: rows };
    if (value === undefined) after.delete(id);
    else after.set(id, { revision: revision + 1, value });
  }
  return { told: "done", after };
}
