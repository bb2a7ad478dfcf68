/** Reads numbers one after another. Past the end every number is 0 and `overrun` tells so: one question at the end is enough. */
export type ByteCursor = {
  u8(): number;
  u16(): number;
  u32(): number;
  i32(): number;
  f32(): number;
  /** The next bytes themselves, not a copy; fewer than asked for at the end. */
  take(length: number): Uint8Array;
  skip(length: number): void;
  left(): number;
  /** Whether more was asked for than there is. */
  overrun(): boolean;
};

/** Devices are of both kinds: the low byte first ("little") or the high one ("big"). */
export function openCursor(bytes: Uint8Array, order: "little" | "big"): ByteCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = order === "little";
  let at = 0;

  function number(size: number, read: (from: number) => number): number {
    const from = at;
    at += size;
    return at <= bytes.length ? read(from) : 0;
  }

  return {
    u8: () => number(1, (from) => view.getUint8(from)),
    u16: () => number(2, (from) => view.getUint16(from, little)),
    u32: () => number(4, (from) => view.getUint32(from, little)),
    i32: () => number(4, (from) => view.getInt32(from, little)),
    f32: () => number(4, (from) => view.getFloat32(from, little)),
    take(length) {
      const from = at;
      at += length;
      return bytes.subarray(Math.min(from, bytes.length), Math.min(at, bytes.length));
    },
    skip(length) {
      at += length;
    },
    left: () => Math.max(0, bytes.length - at),
    overrun: () => at > bytes.length,
  };
}
