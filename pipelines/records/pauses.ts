import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Records } from "./records.ts";

/** The kind of the rows, one a camera, in which people pause it; their `value` is a `Pause`. */
const KIND = "camera-pause";

/** Who needs a camera off for longer takes it out of the settings. */
export const PAUSE_DAYS_MAX = 366;
const DAY_MS = 86_400_000;

/**
 * A stretch in which a camera sees nothing: somebody objected, a funeral passes, a shelter is behind the fence. It ends by itself, so that
 * nobody forgets a camera that watches a fire lane.
 */
export const Pause = Type.Object({
  from_ms: Type.Integer({ minimum: 0 }),
  until_ms: Type.Integer({ minimum: 0 }),
  reason: Type.String({ minLength: 3, maxLength: 500 }),
  /** Who paused it, as the audit log names people. */
  paused_by: Type.String({ minLength: 1, maxLength: 200 }),
});
export type Pause = Static<typeof Pause>;

/**
 * The pauses that are not over yet, by camera.
 * @throws AppError `RECORDS_REFUSED` for a row that is none: whether a camera may look is then not known. And what `Records.list` throws.
 */
export async function findPauses(
  records: Pick<Records, "list">,
  now_ms: EpochMs,
): Promise<ReadonlyMap<string, Pause>> {
  const rows = await records.list(KIND);
  const pauses = rows.map(({ id, value }): [string, Pause] => {
    if (Value.Check(Pause, value)) return [id, value];
    throw new AppError(
      "RECORDS_REFUSED",
      `The pause of camera "${id}" cannot be read; pause it again or end it.`,
    );
  });
  return new Map(pauses.filter(([, { until_ms }]) => now_ms < until_ms));
}

/**
 * Pauses a camera from now on. One that is paused already stays so until the later of both ends: only who may end a pause may shorten it.
 * @returns the pause that holds.
 * @throws AppError `PAUSE_WRONG` for an end that has passed or is more than a year off; `RECORDS_CONFLICT` when somebody else paused it in this
 * moment; as `Records.write`.
 */
export async function pauseCamera(
  records: Pick<Records, "find" | "write">,
  camera: string,
  pause: Pause,
): Promise<Pause> {
  const { from_ms, until_ms } = pause;
  if (!Value.Check(Pause, pause) || until_ms <= from_ms || until_ms - from_ms > PAUSE_DAYS_MAX * DAY_MS) {
    throw new AppError(
      "PAUSE_WRONG",
      `A pause ends after now and within ${PAUSE_DAYS_MAX} days, and says why in at least three letters.`,
    );
  }
  const row = await records.find(KIND, camera);
  const before = row && Value.Check(Pause, row.value) && from_ms < row.value.until_ms ? row.value : undefined;
  const value = before
    ? { ...pause, from_ms: before.from_ms, until_ms: Math.max(until_ms, before.until_ms) }
    : pause;
  await records.write([{ kind: KIND, id: camera, expected: row?.revision ?? 0, value }]);
  return value;
}

/** Ends a pause before its time; that there was one is for the audit log to remember. */
export async function endPause(records: Pick<Records, "write">, camera: string): Promise<void> {
  await records.write([{ kind: KIND, id: camera, value: undefined }]);
}
