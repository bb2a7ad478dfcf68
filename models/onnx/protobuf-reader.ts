import { AppError } from "@yardline/domain/errors";

/** One field of a message as it lies on the wire: a number for the numeric kinds, the bytes for the rest. */
type WireField = {
  /** Whole numbers beyond 2^53 lose their last digits, negative ones come as huge ones: nothing here may be either. */
  readonly value: number;
  readonly bytes: Uint8Array | undefined;
};

/** A message's fields by their number, each in the order of the file. */
export type Fields = ReadonlyMap<number, readonly WireField[]>;

const VARINT_BYTES_MAX = 10;

/**
 * Reads the messages of one file, copying nothing, and counts their fields: a hostile file of empty ones would keep us busy.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class MessageReader {
  #left: number;

  constructor(fields_max: number) {
    this.#left = fields_max;
  }

  /** @throws AppError `MODEL_UNREADABLE` for what is no message, or when the file has more fields than it may. */
  read(message: Uint8Array): Fields {
    const fields = new Map<number, WireField[]>();
    for (let at = 0; at < message.length; ) {
      this.#count();
      const tag = varintAt(message, at);
      const { field, next } = fieldAt(message, tag.next, tag.value % 8);
      at = next;
      const number = Math.floor(tag.value / 8);
      const same = fields.get(number);
      if (same) same.push(field);
      else fields.set(number, [field]);
    }
    return fields;
  }

  /** Whole numbers of a repeated field, one a field or packed into one. @throws AppError as `read`. */
  wholes(fields: Fields, number: number): readonly number[] {
    return (fields.get(number) ?? []).flatMap(({ value, bytes }) => (bytes ? this.#packed(bytes) : [value]));
  }

  #packed(bytes: Uint8Array): number[] {
    const values: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      this.#count();
      const { value, next } = varintAt(bytes, at);
      values.push(value);
      at = next;
    }
    return values;
  }

  #count(): void {
    if (this.#left-- <= 0) unreadable("more fields than any network has");
  }
}

/** The last one counts where a field that may stand once stands twice, as the specification says. */
export function lastOf(fields: Fields, number: number): WireField | undefined {
  return fields.get(number)?.at(-1);
}

export function messagesOf(fields: Fields, number: number): readonly Uint8Array[] {
  return (fields.get(number) ?? []).flatMap(({ bytes }) => (bytes ? [bytes] : []));
}

/** Longer names than this are told apart by nobody. */
const TEXT_BYTES_MAX = 1_000;

export function textsOf(fields: Fields, number: number): readonly string[] {
  return messagesOf(fields, number).map((bytes) => Buffer.from(bytes.subarray(0, TEXT_BYTES_MAX)).toString());
}

/**
 * Names as keys: other bytes, other key, which text does not give, since all that is no UTF-8 reads alike.
 * @throws AppError `MODEL_UNREADABLE` for one that is longer than any name.
 */
export function keysOf(fields: Fields, number: number): readonly string[] {
  return messagesOf(fields, number).map((bytes) => {
    if (bytes.length > TEXT_BYTES_MAX) unreadable("a name that is longer than any");
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  });
}

function fieldAt(message: Uint8Array, at: number, wire: number): { field: WireField; next: number } {
  if (wire === 0) {
    const { value, next } = varintAt(message, at);
    return { field: { value, bytes: undefined }, next };
  }
  const size = wire === 2 ? varintAt(message, at) : { value: FIXED_BYTES[wire] ?? -1, next: at };
  if (size.value < 0) unreadable(`a field of kind ${wire}`);
  const next = size.next + size.value;
  if (next > message.length) unreadable("a field that reaches beyond its message");
  return { field: { value: 0, bytes: message.subarray(size.next, next) }, next };
}

/** Kinds of a fixed length: 64 and 32 bits. */
const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function varintAt(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let [value, factor] = [0, 1];
  for (let at = start; at < Math.min(bytes.length, start + VARINT_BYTES_MAX); at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, next: at + 1 };
    factor *= 128;
  }
  return unreadable("a whole number that does not end");
}

export function unreadable(why: string): never {
  throw new AppError("MODEL_UNREADABLE", `this is not an ONNX file: ${why}`);
}
