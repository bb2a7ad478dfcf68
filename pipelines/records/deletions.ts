import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Records } from "./records.ts";

/** The kind of the rows in which a process that keeps no audit log leaves what it dropped; their `value` is a `Deletion`. */
const KIND = "deletion";
/** A log that is away for weeks must not fill the store; what is oldest stays. */
export const DELETIONS_MAX = 10_000;

const Name = Type.String({ minLength: 1, maxLength: 200 });
const strict = { additionalProperties: false };

/** What retention dropped by one rule, as the audit log is to have it. */
export const Deletion = Type.Object(
  {
    /** Made once: said again, it is the same deletion. */
    id: Type.String({ pattern: "^[\\w/-]{1,200}$" }),
    at_ms: Type.Integer({ minimum: 0 }),
    object: Type.Object({ kind: Name, id: Name }, strict),
    details: Type.Record(
      Type.String({ pattern: "^[a-z][a-z0-9_]{0,39}$" }),
      Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]),
      { maxProperties: 10 },
    ),
  },
  strict,
);
export type Deletion = Static<typeof Deletion>;

/** Whose log it belongs to, and which box did it; empty for the town's own. */
export type Whose = { readonly tenant: string; readonly edge: string };
const Kept = Type.Object({ tenant: Name, edge: Type.String({ maxLength: 200 }), deletion: Deletion });

/**
 * Leaves deletions for whoever writes them into the audit log; those that lie there already are passed over.
 * @returns those that lie there now: beyond `DELETIONS_MAX` the rest is to be left again later. @throws AppError as `Records.write`.
 */
export async function leaveDeletions(
  records: Pick<Records, "list" | "write">,
  { tenant, edge }: Whose,
  deletions: readonly Deletion[],
): Promise<readonly Deletion[]> {
  if (deletions.length === 0) return [];
  const there = new Set((await records.list(KIND)).map(({ id }) => id));
  const idOf = ({ id }: Deletion) => (edge === "" ? id : `${tenant}/${edge}/${id}`);
  const room = Math.max(0, DELETIONS_MAX - there.size);
  const fresh = deletions.filter((each) => !there.has(idOf(each))).slice(0, room);
  await records.write(
    fresh.map((deletion) => ({ kind: KIND, id: idOf(deletion), value: { tenant, edge, deletion } })),
  );
  return deletions.filter((each) => there.has(idOf(each)) || fresh.includes(each));
}

/** A deletion as it lies there. */
export type LeftDeletion = Whose & { readonly row: string; readonly deletion: Deletion };

/** What was left for the log of a tenant, the oldest first. @throws AppError as `Records.list`. */
export async function listDeletions(
  records: Pick<Records, "list">,
  tenant: string,
): Promise<readonly LeftDeletion[]> {
  const rows = await records.list(KIND);
  const left = rows.flatMap(({ id, value }) => (Value.Check(Kept, value) ? [{ ...value, row: id }] : []));
  const age = ({ deletion: { at_ms } }: LeftDeletion): EpochMs => at_ms;
  return left.filter((each) => each.tenant === tenant).toSorted((a, b) => age(a) - age(b));
}

/** Takes away what is written down elsewhere now. @throws AppError as `Records.write`. */
export async function dropDeletions(
  records: Pick<Records, "write">,
  left: readonly Pick<LeftDeletion, "row">[],
): Promise<void> {
  if (left.length === 0) return;
  await records.write(left.map(({ row }) => ({ kind: KIND, id: row, value: undefined })));
}
