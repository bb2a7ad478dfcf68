import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { holdRecording, releaseHold } from "@yardline/records/holds";
import type { Records } from "@yardline/records/records";
import type { ExportRow } from "./export-row.ts";

/** What nobody decides about in this time holds nothing back any more. */
const HELD_MS = 30 * 86_400_000;

/** Keeps what is asked for from expiring until it is made. @throws AppError as `holdRecording`. */
export async function holdPeriods(
  records: Pick<Records, "write">,
  { id, periods, purpose, legal_basis, asked_by }: ExportRow,
  now_ms: EpochMs,
): Promise<void> {
  for (const [at, period] of periods.entries()) {
    const hold = {
      ...period,
      reason: `evidence ${id}: ${purpose}`,
      legal_basis: `${legal_basis.ground}: ${legal_basis.reference}`.slice(0, 500),
      ...{ held_by: asked_by, held_at_ms: now_ms, until_ms: now_ms + HELD_MS },
    };
    await holdRecording(records, holdId(id, at), hold);
  }
}

/** Lets it go again. @throws AppError of Records. */
export async function releasePeriods(
  records: Pick<Records, "find" | "write">,
  { id, periods, asked_by, decided_by }: ExportRow,
  now_ms: EpochMs,
): Promise<void> {
  const how = { by: decided_by ?? asked_by, why: `evidence ${id} holds it no longer`, now_ms };
  for (const at of periods.keys()) {
    await releaseHold(records, holdId(id, at), how).catch((thrown: unknown) => {
      // Its end came before anybody decided.
      if (!(thrown instanceof AppError && thrown.code === "HOLD_UNKNOWN")) throw thrown;
    });
  }
}

function holdId(id: string, at: number): string {
  return `evidence-${id}-${at}`;
}
