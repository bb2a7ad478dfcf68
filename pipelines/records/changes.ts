import { strict as assert } from "node:assert";
import { AppError } from "@yardline/domain/errors";
import type { Change, Row } from "./records.ts";

/** Values cross to a store as JSON text: what is kept is what was said, byte by byte. `json` undefined deletes. */
export type PackedChange = {
  readonly kind: string;
  readonly id: string;
  readonly expected: number | undefined;
  readonly json: string | undefined;
};
export type PackedRow = Omit<Row, "value"> & { readonly json: string };

/** Both together must fit the 2,704 bytes that a PostgreSQL index keeps of a key. */
const KIND_BYTES_MAX = 256;
const ID_BYTES_MAX = 2_048;
const SHOWN_CHARS = 40;
/** Records hold small things; what is larger than this belongs among the media. */
const VALUE_CHARS_MAX = 16 * 1024 * 1024;

/** @throws AppError `RECORDS_REFUSED` for what no store could give back as it was said. */
export function packChanges(changes: readonly Change[]): readonly PackedChange[] {
  return changes.map(({ kind, id, expected, value }) => {
    checkName(kind, id);
    return { kind, id, expected, json: value === undefined ? undefined : jsonOf(kind, id, value) };
  });
}

/** @throws AppError `RECORDS_REFUSED` for names that not every store can keep and sort alike. */
export function checkName(kind: string, id: string): void {
  if (isText(kind, KIND_BYTES_MAX) && isId(id)) return;
  const rule = `a kind has at most ${KIND_BYTES_MAX} bytes, an id ${ID_BYTES_MAX}, without NUL or half characters`;
  const shown = JSON.stringify(`${kind.slice(0, SHOWN_CHARS)} ${id.slice(0, SHOWN_CHARS)}`);
  throw new AppError("RECORDS_REFUSED", `${shown} cannot be kept: ${rule}.`);
}

/** Whether anything can be kept under an id; under any other nothing is found. */
export function isId(id: string): boolean {
  return isText(id, ID_BYTES_MAX);
}

export function unpackRow({ json, ...row }: PackedRow): Row {
  return { ...row, value: JSON.parse(json) };
}

/** @throws AppError `RECORDS_CONFLICT` when the change was made against another revision than the present one (0 = no such row). */
export function checkRevision({ kind, id, expected }: PackedChange, present: number): void {
  if (expected === undefined || expected === present) return;
  const found = present === 0 ? "it does not exist" : `it is at revision ${present}`;
  const message = `${kind} "${id}" was changed meanwhile: expected revision ${expected}, ${found}. Read it again.`;
  throw new AppError("RECORDS_CONFLICT", message, { retryable: false });
}

/** PostgreSQL keeps no NUL in text, and half of a surrogate pair has no UTF-8. */
function isText(text: string, bytes_max: number): boolean {
  return text.isWellFormed() && !text.includes("\0") && Buffer.byteLength(text) <= bytes_max;
}

function jsonOf(kind: string, id: string, value: unknown): string {
  // Escapes NUL and half characters, so that every value survives.
  const json: string | undefined = JSON.stringify(value);
  assert(json !== undefined, `a value of ${kind} must be JSON`);
  if (json.length <= VALUE_CHARS_MAX) return json;
  const size = `${json.length} characters as JSON, at most ${VALUE_CHARS_MAX} are kept`;
  throw new AppError("RECORDS_REFUSED", `${kind} "${id}" is too large: ${size}.`);
}
