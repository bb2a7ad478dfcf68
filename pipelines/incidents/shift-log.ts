import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Change, Records, Row } from "@yardline/records/records";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { kindOfMonth, listMonths, monthOf, monthsKind } from "./by-month.ts";
import type { Hand } from "./change-incident.ts";
import { isRecordId, newRecordId, type Random } from "./record-id.ts";
import { acceptShift, endShift, type HandOver, isOnDuty, Shift } from "./shift.ts";

/** Shifts by the month in which they began. */
const SHIFTS = "shift";
/** Whose shift is open: the id of the row is the login. */
const ON_DUTY = "shift-open";
/** Months that a list goes back; older ones are in the audit log. */
const MONTHS_SHOWN = 2;

const Pointer = Type.Object({ shift: Type.String() });
type Store = Pick<Records, "find" | "list" | "write">;

/**
 * The shift that somebody is on now; undefined for whoever is on none, and for one that nobody ended in time.
 * @throws as `Records.find`.
 */
export async function findOpenShift(
  records: Pick<Records, "find">,
  login: string,
  now_ms: EpochMs,
): Promise<Shift | undefined> {
  const shift = await findPointed(records, login);
  return shift && isOnDuty(shift, now_ms) ? shift : undefined;
}

/**
 * Begins a shift. One that somebody forgot to end is ended by it, with nothing handed over.
 * @throws AppError `SHIFT_OPEN` for whoever is on one; as `Records.write`.
 */
export async function beginShift(
  records: Store,
  { tenant, purpose }: Pick<Shift, "tenant" | "purpose">,
  { by, at_ms }: Hand,
  random: Random,
): Promise<Shift> {
  const pointer = await records.find(ON_DUTY, by);
  const last = await findPointed(records, by);
  if (last && isOnDuty(last, at_ms)) throw new AppError("SHIFT_OPEN", "You are on a shift; end it first.");
  const id = newRecordId(at_ms, random);
  const shift: Shift = { id, tenant, login: by, purpose, began_at: isoOf(at_ms) };
  const forgotten = last && last.ended_at === undefined ? [rowOf({ ...last, ended_at: isoOf(at_ms) })] : [];
  await records.write([
    { kind: kindOfMonth(SHIFTS, monthOf(id)), id, expected: 0, value: shift },
    { kind: ON_DUTY, id: by, expected: pointer?.revision ?? 0, value: { shift: id } },
    { kind: monthsKind(SHIFTS), id: monthOf(id), value: {} },
    ...forgotten,
  ]);
  return shift;
}

/** @throws AppError `SHIFT_UNKNOWN`, `RECORDS_CONFLICT`; as `endShift`. */
export async function writeEnd(
  records: Store,
  id: string,
  handed: Pick<HandOver, "note" | "to" | "incidents">,
  hand: Hand,
): Promise<Shift> {
  const { shift, expected } = await getShift(records, id);
  const ended = endShift(shift, handed, hand);
  await records.write([
    { ...rowOf(ended), expected },
    { kind: ON_DUTY, id: shift.login, value: undefined },
  ]);
  return ended;
}

/** @throws AppError `SHIFT_UNKNOWN`, `RECORDS_CONFLICT`; as `acceptShift`. */
export async function writeAcceptance(records: Store, id: string, hand: Hand): Promise<Shift> {
  const { shift, expected } = await getShift(records, id);
  const accepted = acceptShift(shift, hand);
  if (accepted !== shift) await records.write([{ ...rowOf(accepted), expected }]);
  return accepted;
}

/** Of this month and the one before, the last begun first. */
export async function listShifts(records: Pick<Records, "list">): Promise<readonly Shift[]> {
  const months = (await listMonths(records, SHIFTS)).slice(0, MONTHS_SHOWN);
  const rows = await Promise.all(months.map((month) => records.list(kindOfMonth(SHIFTS, month))));
  return rows
    .flat()
    .map(shiftOf)
    .toSorted((one, other) => Date.parse(other.began_at) - Date.parse(one.began_at));
}

/** @throws AppError `SHIFT_UNKNOWN`. */
export async function getShift(
  records: Pick<Records, "find">,
  id: string,
): Promise<{ readonly shift: Shift; readonly expected: number }> {
  const row = isRecordId(id) ? await records.find(kindOfMonth(SHIFTS, monthOf(id)), id) : undefined;
  if (!row) throw new AppError("SHIFT_UNKNOWN", "There is no such shift.");
  return { shift: shiftOf(row), expected: row.revision };
}

async function findPointed(records: Pick<Records, "find">, login: string): Promise<Shift | undefined> {
  const pointer = await records.find(ON_DUTY, login);
  if (!pointer || !Value.Check(Pointer, pointer.value)) return undefined;
  const { shift: id } = pointer.value;
  const row = await records.find(kindOfMonth(SHIFTS, monthOf(id)), id);
  return row && shiftOf(row);
}

function rowOf(shift: Shift): Change {
  return { kind: kindOfMonth(SHIFTS, monthOf(shift.id)), id: shift.id, value: shift };
}

function shiftOf({ id, value }: Row): Shift {
  if (Value.Check(Shift, value)) return value;
  throw new AppError("RECORDS_REFUSED", `The shift "${id}" cannot be read; restore it from a backup.`);
}
