import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "./records.ts";

/** The kind of the rows in which people hold recordings as evidence; their `value` is a `Hold`. */
export const HOLD_KIND = "hold";

/** A stretch of recording that nothing may remove. */
export type Hold = { readonly camera: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };

/**
 * All holds there are.
 * @throws AppError `RECORDS_REFUSED` for a row that is no hold: what cannot be read may hold anything, so nothing may go. And what
 * `Records.list` throws.
 */
export async function findHolds(records: Pick<Records, "list">): Promise<readonly Hold[]> {
  const rows = await records.list(HOLD_KIND);
  return rows.map(({ id, value }) => {
    if (isHold(value)) return value;
    const message = `The hold "${id}" cannot be read; mend it. Until then no recording is dropped.`;
    throw new AppError("RECORDS_REFUSED", message);
  });
}

function isHold(value: unknown): value is Hold {
  if (typeof value !== "object" || value === null) return false;
  const { camera, from_ms, to_ms }: Partial<Record<keyof Hold, unknown>> = value;
  return typeof camera === "string" && Number.isSafeInteger(from_ms) && Number.isSafeInteger(to_ms);
}
