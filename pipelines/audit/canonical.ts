import { strict as assert } from "node:assert";

/** What JSON can say. */
type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/**
 * The one way in which a value is written: names sorted by UTF-16 units, no spaces, numbers as ECMAScript writes them, only what must
 * be escaped is. Two programs that mean the same hash the same bytes.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonical(value: Json): string {
  if (typeof value === "string") {
    assert(value.isWellFormed(), "half of a surrogate pair has no UTF-8");
    return JSON.stringify(value);
  }
  if (typeof value === "number") assert(Number.isFinite(value), `${value} has no JSON`);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.keys(value)
    .toSorted()
    .flatMap((name) => {
      const field = value[name];
      return field === undefined ? [] : `${canonical(name)}:${canonical(field)}`;
    });
  return `{${fields.join(",")}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
