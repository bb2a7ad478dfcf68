const DEPTH_MAX = 8;
const VARINT_BYTES_MAX = 10;

/**
 * Reads the whole numbers of a protobuf message with groups, by their path (`5.1`: field 1 of group 5, and `5`: 0 where that group is
 * there at all). Texts and nested messages are passed over. Ends at the first thing that is no protobuf: what came before it counts.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function readProtobuf(bytes: Uint8Array): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  const groups: number[] = [];
  let at = 0;

  function varint(): number {
    let value = 0;
    for (let read = 0; read < VARINT_BYTES_MAX && at < bytes.length; read++) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** (7 * read);
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  }

  /** @returns whether to go on. */
  function readField(field: number, wire: number): boolean {
    switch (wire) {
      case 0: {
        const value = varint();
        if (Number.isNaN(value)) return false;
        values.set([...groups, field].join("."), value);
        return true;
      }
      case 1:
      case 5:
        at += wire === 1 ? 8 : 4;
        return at <= bytes.length;
      case 2: {
        const length = varint();
        at += length;
        return at <= bytes.length;
      }
      case 3:
        groups.push(field);
        values.set(groups.join("."), 0);
        return groups.length <= DEPTH_MAX;
      case 4:
        return groups.pop() === field;
      default:
        return false;
    }
  }

  while (at < bytes.length) {
    const tag = varint();
    if (Number.isNaN(tag) || !readField(Math.floor(tag / 8), tag % 8)) break;
  }
  return values;
}

/** A signed number out of its zigzag form. */
export function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
