/**
 * One policy for all protocols. Where frames begin with a mark that tells them from anything else, what stands before it is passed over
 * and told once; where they do not (a length comes first), nobody can find the next frame, and the session closes: the device comes
 * again and sends what was not answered.
 *
 * The length of bytes that no frame begins with: up to where one begins, as soon as that is here. They are then a frame of their
 * own, so that a stream in trouble is told once and goes on; junk without end closes the session by its length.
 * @param begins whether a frame begins with these bytes; at the end of a piece the rest of a mark may still be missing.
 * @param from as in `measureFrame`: earlier bytes were looked at, except that a mark may have begun in the last `mark_bytes`.
 */
export function measureJunk(
  bytes: Uint8Array,
  from: number,
  mark_bytes: number,
  begins: (bytes: Uint8Array) => boolean,
): number | undefined {
  for (let at = Math.max(1, from - mark_bytes); at + mark_bytes <= bytes.length; at++) {
    if (begins(bytes.subarray(at, at + mark_bytes))) return at;
  }
  return undefined;
}
