/** First and last byte, both included. */
export type ByteRange = { readonly first: number; readonly last: number };

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The part of `size` bytes that a `Range` header asks for. `whole` where there is none to obey: no header, another unit,
 * several ranges, nonsense — the standard lets all of these be answered in full. `unsatisfiable` begins past the end.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export function byteRangeOf(header: string | undefined, size: number): ByteRange | "whole" | "unsatisfiable" {
  const [, from = "", to = ""] = ONE_RANGE.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return "whole";
  if (from === "") {
    const tail = Math.min(Number(to), size);
    return tail > 0 ? { first: size - tail, last: size - 1 } : "unsatisfiable";
  }
  const first = Number(from);
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < first) return "whole";
  return first < size ? { first, last } : "unsatisfiable";
}
