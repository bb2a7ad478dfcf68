import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Records } from "./records.ts";

/** The kind of the rows in which people hold recordings as evidence; their `value` is a `Hold`. */
const KIND = "hold";
const DAY_MS = 86_400_000;
/** What must be held for longer is extended by somebody who looked at it again. */
export const HOLD_DAYS_MAX = 366;
/** How long the list still tells of a hold that is over. */
const REMEMBERED_MS = 30 * DAY_MS;

/** A stretch of one camera's recording, [from_ms, to_ms), and of what was told of it, that nothing may remove while it is held. */
export const Hold = Type.Object({
  camera: Type.String({ minLength: 1, maxLength: 64 }),
  from_ms: Type.Integer({ minimum: 0 }),
  to_ms: Type.Integer({ minimum: 0 }),
  /** Why, for whoever decides later whether it is still needed. */
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
  /** By what right it outlives its time: the authority and its case, the article of a law. */
  legal_basis: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  /** Who holds it, as the audit log names people. */
  held_by: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  held_at_ms: Type.Optional(Type.Integer({ minimum: 0 })),
  /** When it ends by itself. Holds of before this was asked have none. */
  until_ms: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Set when it is over: what it held goes by its own time again. */
  ended: Type.Optional(
    Type.Object({
      at_ms: Type.Integer({ minimum: 0 }),
      how: Type.Enum(["released", "expired"]),
      by: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      why: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
      /** What had to go of it is gone from index and bus. */
      swept: Type.Optional(Type.Literal(true)),
    }),
  ),
});
export type Hold = Static<typeof Hold>;

/** A hold with its name, and the revision that a change of it is made against. */
export type KeptHold = { readonly id: string; readonly revision: number; readonly hold: Hold };

type Reading = Pick<Records, "list">;
type Writing = Pick<Records, "find" | "write">;

/**
 * All holds, those that are over included, by id.
 * @throws AppError `RECORDS_REFUSED` for a row that is no hold: what cannot be read may hold anything, so nothing may go. And what
 * `Records.list` throws.
 */
export async function listHolds(records: Reading): Promise<readonly KeptHold[]> {
  const rows = await records.list(KIND);
  return rows.map(({ id, revision, value }) => ({ id, revision, hold: readHold(id, value) }));
}

/** Those that hold at a time. @throws AppError as `listHolds`. */
export async function findHolds(records: Reading, now_ms: EpochMs): Promise<readonly Hold[]> {
  return (await listHolds(records)).flatMap(({ hold }) => (isHolding(hold, now_ms) ? [hold] : []));
}

export function isHolding({ ended, until_ms }: Hold, now_ms: EpochMs): boolean {
  return ended === undefined && (until_ms === undefined || now_ms < until_ms);
}

/**
 * Holds a stretch under an id that names nothing yet. It holds from the next round of retention on, within a minute: what has gone by then
 * is gone.
 * @throws AppError `HOLD_WRONG` for a stretch or an end that is none; `RECORDS_CONFLICT` for an id that is taken; as `Records.write`.
 */
export async function holdRecording(
  records: Pick<Records, "write">,
  id: string,
  hold: Hold & Required<Pick<Hold, "reason" | "held_by" | "held_at_ms" | "legal_basis" | "until_ms">>,
): Promise<void> {
  if (!Value.Check(Hold, hold) || hold.from_ms >= hold.to_ms || !isEnd(hold.until_ms, hold.held_at_ms)) {
    throw wrong();
  }
  await records.write([{ kind: KIND, id, expected: 0, value: hold }]);
}

/** Gives a hold another end. @throws AppError `HOLD_UNKNOWN` also for one that is over, `HOLD_WRONG`, `RECORDS_CONFLICT`, as `Records`. */
export async function extendHold(
  records: Writing,
  id: string,
  { until_ms, now_ms }: { readonly until_ms: EpochMs; readonly now_ms: EpochMs },
): Promise<void> {
  const { hold, revision } = await getHolding(records, id, now_ms);
  if (!isEnd(until_ms, now_ms)) throw wrong();
  await records.write([{ kind: KIND, id, expected: revision, value: { ...hold, until_ms } }]);
}

/** Releases a hold. @throws AppError as `extendHold`. */
export async function releaseHold(
  records: Writing,
  id: string,
  { by, why, now_ms }: { readonly by: string; readonly why: string; readonly now_ms: EpochMs },
): Promise<void> {
  const { hold, revision } = await getHolding(records, id, now_ms);
  const ended = { at_ms: now_ms, how: "released", by, why } as const;
  await records.write([{ kind: KIND, id, expected: revision, value: { ...hold, ended } }]);
}

/** Notes that holds are over whose end has come. @returns them. */
export async function endHolds(
  records: Reading & Pick<Records, "write">,
  now_ms: EpochMs,
): Promise<readonly KeptHold[]> {
  const over = (await listHolds(records)).filter(
    ({ hold }) => hold.ended === undefined && !isHolding(hold, now_ms),
  );
  for (const { id, revision, hold } of over) {
    const ended = { at_ms: hold.until_ms ?? now_ms, how: "expired" } as const;
    await records.write([{ kind: KIND, id, expected: revision, value: { ...hold, ended } }]);
  }
  return over;
}

/** Those over of which index and bus may still have what they held. */
export async function listUnswept(records: Reading): Promise<readonly KeptHold[]> {
  return (await listHolds(records)).filter(({ hold: { ended } }) => ended && !ended.swept);
}

/** Notes what is swept, and forgets what was over long ago. */
export async function noteSwept(
  records: Reading & Pick<Records, "write">,
  swept: readonly KeptHold[],
  now_ms: EpochMs,
): Promise<void> {
  for (const { id, revision, hold } of swept) {
    const value = { ...hold, ended: { ...hold.ended, swept: true } };
    await records.write([{ kind: KIND, id, expected: revision, value }]);
  }
  const old = (await listHolds(records)).filter(
    ({ hold: { ended } }) => ended?.swept && ended.at_ms + REMEMBERED_MS < now_ms,
  );
  await records.write(
    old.map(({ id, revision }) => ({ kind: KIND, id, expected: revision, value: undefined })),
  );
}

async function getHolding(records: Writing, id: string, now_ms: EpochMs): Promise<KeptHold> {
  const row = await records.find(KIND, id);
  const hold = row && readHold(id, row.value);
  if (row && hold && isHolding(hold, now_ms)) return { id, revision: row.revision, hold };
  throw new AppError("HOLD_UNKNOWN", "There is no such hold, or it is over.");
}

function readHold(id: string, value: unknown): Hold {
  if (Value.Check(Hold, value)) return value;
  const message = `The hold "${id}" cannot be read; mend it. Until then no recording is dropped.`;
  throw new AppError("RECORDS_REFUSED", message);
}

function isEnd(until_ms: EpochMs, now_ms: EpochMs): boolean {
  return now_ms < until_ms && until_ms <= now_ms + HOLD_DAYS_MAX * DAY_MS;
}

function wrong(): AppError {
  return new AppError(
    "HOLD_WRONG",
    `A hold names a camera, a time that ends after it begins, why, by what right, and its own end within ${HOLD_DAYS_MAX} days.`,
  );
}
