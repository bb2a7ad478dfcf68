import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Records } from "./records.ts";

/** The kind of the rows in which people hold recordings as evidence; their `value` is a `Hold`. */
const KIND = "hold";

/** A stretch of one camera's recording, [from_ms, to_ms), that nothing may remove until somebody releases it. */
export const Hold = Type.Object({
  camera: Type.String({ minLength: 1, maxLength: 64 }),
  from_ms: Type.Integer({ minimum: 0 }),
  to_ms: Type.Integer({ minimum: 0 }),
  /** Why, for whoever decides later whether it is still needed. */
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
  /** Who holds it, as the audit log names people. */
  held_by: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  held_at_ms: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type Hold = Static<typeof Hold>;

/**
 * All holds there are.
 * @throws AppError `RECORDS_REFUSED` for a row that is no hold: what cannot be read may hold anything, so nothing may go. And what
 * `Records.list` throws.
 */
export async function findHolds(records: Pick<Records, "list">): Promise<readonly Hold[]> {
  const rows = await records.list(KIND);
  return rows.map(({ id, value }) => {
    if (Value.Check(Hold, value)) return value;
    const message = `The hold "${id}" cannot be read; mend it. Until then no recording is dropped.`;
    throw new AppError("RECORDS_REFUSED", message);
  });
}

/**
 * Holds a stretch under an id that names nothing yet. It holds from the next round of retention on, within a minute: what has gone by then
 * is gone.
 * @throws AppError `HOLD_WRONG` for a stretch that is none; `RECORDS_CONFLICT` for an id that is taken; as `Records.write`.
 */
export async function holdRecording(
  records: Pick<Records, "write">,
  id: string,
  hold: Hold & Required<Pick<Hold, "reason" | "held_by">> & { readonly held_at_ms: EpochMs },
): Promise<void> {
  if (!Value.Check(Hold, hold) || hold.from_ms >= hold.to_ms) {
    throw new AppError("HOLD_WRONG", "A hold names a camera, a time that ends after it begins, and why.");
  }
  await records.write([{ kind: KIND, id, expected: 0, value: hold }]);
}

/** Releases a hold; that it was held is for the audit log to remember. One that is not there counts as released. */
export async function releaseHold(records: Pick<Records, "write">, id: string): Promise<void> {
  await records.write([{ kind: KIND, id, value: undefined }]);
}
