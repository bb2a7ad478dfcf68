import { createHash } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";

/** Reports by UTC day; one row a stop, line and ten minutes. Who said so is not in it. */
const KIND = "stop-report";
/** Reports of so long are counted together. */
export const WINDOW_MS = 600_000;
const DAY_MS = 86_400_000;
/** Of two at once one comes again, at most so often. */
const TRIES_MAX = 20;

export const StopReport = Type.Object({
  stop_id: Type.String({ minLength: 1, maxLength: 200 }),
  route_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  /** When these ten minutes begin. */
  at: Type.String({ format: "date-time" }),
  count: Type.Integer({ minimum: 1 }),
});
export type StopReport = Static<typeof StopReport>;

/** Counts one more who says that a bus did not come. @throws as `Records.write`. */
export async function addStopReport(
  records: Pick<Records, "find" | "write">,
  { stop_id, route_id }: Pick<StopReport, "stop_id" | "route_id">,
  now_ms: EpochMs,
): Promise<void> {
  const at = isoOf(now_ms - (now_ms % WINDOW_MS));
  const id = `${at} ${createHash("sha256")
    .update(JSON.stringify([stop_id, route_id ?? null]))
    .digest("hex")
    .slice(0, 32)}`;
  const kind = kindOf(now_ms);
  for (let tries = 1; ; tries += 1) {
    const row = await records.find(kind, id);
    const count = row && Value.Check(StopReport, row.value) ? row.value.count : 0;
    const value: StopReport = { stop_id, ...(route_id !== undefined && { route_id }), at, count: count + 1 };
    try {
      return await records.write([{ kind, id, expected: row?.revision ?? 0, value }]);
    } catch (thrown) {
      const isConflict = thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT";
      if (!isConflict || tries >= TRIES_MAX) throw thrown;
    }
  }
}

/** The reports of [from, to), in the order of time. */
export async function listStopReports(
  records: Pick<Records, "list">,
  from_ms: EpochMs,
  to_ms: EpochMs,
): Promise<readonly StopReport[]> {
  const days: string[] = [];
  for (let day_ms = from_ms - (from_ms % DAY_MS); day_ms < to_ms; day_ms += DAY_MS) days.push(kindOf(day_ms));
  const rows = await Promise.all(days.map((kind) => records.list(kind)));
  return rows
    .flat()
    .flatMap(({ value }) => (Value.Check(StopReport, value) ? [value] : []))
    .filter(({ at }) => Date.parse(at) >= from_ms && Date.parse(at) < to_ms);
}

function kindOf(at_ms: EpochMs): string {
  return `${KIND}:${isoOf(at_ms).slice(0, "2026-11-22".length)}`;
}
